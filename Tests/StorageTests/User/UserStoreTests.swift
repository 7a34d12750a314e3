import Domain
import Testing

@testable import Storage

@Suite struct UserStoreTests {
    @Test(arguments: Engine.allCases)
    func accountsAreKeptByEmail(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            #expect(try await !stores.users.hasUsers())
            let sara = Self.user("sara@example.sa", "سارة", .admin, fixture)
            let omar = Self.user("omar@example.sa", "Omar", .agent, fixture)
            try await stores.users.add(sara, passwordHash: "$scrypt$1")
            try await stores.users.add(omar, passwordHash: "$scrypt$2")
            #expect(try await stores.users.hasUsers())
            let taken = Self.user("SARA@example.sa", "أخرى", .agent, fixture)
            #expect(try await code { try await stores.users.add(taken, passwordHash: "x") } == .badRequest)
            #expect(try await stores.users.user(sara.id) == sara)
            #expect(try await stores.users.user(taken.id) == nil)
            let found = try #require(try await stores.users.credentials(email: "Sara@Example.sa"))
            #expect(found.user == sara)
            #expect(found.passwordHash == "$scrypt$1")
            #expect(try await stores.users.credentials(email: "nobody@example.sa") == nil)
            #expect(try await stores.users.users() == [omar, sara])
        }
    }

    @Test(arguments: Engine.allCases)
    func changesOfAccountsAreFoundAndRevokeTokens(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let users = stores.users
            let sara = Self.user("sara@example.sa", "سارة", .admin, fixture)
            let omar = Self.user("omar@example.sa", "عمر", .agent, fixture)
            for user in [sara, omar] { try await users.add(user, passwordHash: "old") }
            let families = try await [sara, omar].asyncMap { try await Self.login($0, stores, fixture) }
            fixture.clock.advance()
            let moment = fixture.clock.now
            #expect(try await users.usersChanged(since: moment).isEmpty)
            try await users.setPassword("new", of: sara.id, at: moment)
            #expect(try await users.usersChanged(since: moment) == [sara])
            #expect(try await users.credentials(email: sara.email)?.passwordHash == "new")
            #expect(try await users.user(of: StaffLogin(user: sara.id, family: families[0])) == nil)
            #expect(try await users.user(of: StaffLogin(user: omar.id, family: families[1])) == omar)
            #expect(try await users.user(of: StaffLogin(user: sara.id, family: families[1])) == nil)
            try await users.setDisabled(true, of: omar.id, at: moment)
            #expect(try await users.user(of: StaffLogin(user: omar.id, family: families[1])) == nil)
            #expect(try await users.user(omar.id)?.isDisabled == true)
            #expect(try await users.credentials(email: omar.email)?.user.isDisabled == true)
            try await users.setDisabled(false, of: omar.id, at: moment)
            #expect(try await users.user(omar.id) == omar)
            let nobody = UserID.make(at: moment)
            #expect(try await code { try await users.setPassword("x", of: nobody, at: moment) } == .notFound)
            #expect(try await code { try await users.setDisabled(true, of: nobody, at: moment) } == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRefreshTokenIsUsedOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let users = stores.users
            let sara = Self.user("sara@example.sa", "سارة", .admin, fixture)
            try await users.add(sara, passwordHash: "x")
            let family = try await Self.login(sara, stores, fixture)
            let later = fixture.clock.now + .seconds(3600)
            func rotate(_ hash: String, _ next: String, at moment: Timestamp? = nil) async throws -> RefreshOutcome {
                try await users.rotateRefreshToken(
                    hash: hash, successorHash: next, expiresAt: later, at: moment ?? fixture.clock.now
                )
            }
            let login = StaffLogin(user: sara.id, family: family)
            let first = "\(family)-1"
            #expect(try await rotate("unknown", "x") == .refused)
            #expect(try await rotate(first, "second") == .rotated(sara, family: family))
            #expect(try await rotate("second", "third") == .rotated(sara, family: family))
            #expect(try await rotate("third", "fourth", at: later) == .refused)
            #expect(try await users.user(of: login) == sara)
            #expect(try await rotate(first, "stolen") == .reused(login))
            #expect(try await users.user(of: login) == nil)
            #expect(try await rotate("third", "fourth") == .refused)
            #expect(try await rotate(first, "stolen") == .refused)
            // Logging out ends a family and no other.
            let other = try await Self.login(sara, stores, fixture)
            let third = try await Self.login(sara, stores, fixture)
            let ended = try await users.revokeRefreshFamily(ofHash: "\(other)-1", at: fixture.clock.now)
            #expect(ended == StaffLogin(user: sara.id, family: other))
            let now = fixture.clock.now
            #expect(Set(try await users.loginsEnded(since: now)) == [login, StaffLogin(user: sara.id, family: other)])
            #expect(try await users.loginsEnded(since: now + .milliseconds(1)).isEmpty)
            #expect(try await users.revokeRefreshFamily(ofHash: "\(other)-1", at: fixture.clock.now) == nil)
            #expect(try await users.revokeRefreshFamily(ofHash: "unknown", at: fixture.clock.now) == nil)
            #expect(try await users.user(of: StaffLogin(user: sara.id, family: other)) == nil)
            #expect(try await users.user(of: StaffLogin(user: sara.id, family: third)) == sara)
            #expect(try await users.user(of: StaffLogin(user: sara.id, family: .make(at: later))) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func ofManyWhoPresentOneTokenOnlyTheFirstIsServed(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let sara = Self.user("sara@example.sa", "سارة", .admin, fixture)
            try await stores.users.add(sara, passwordHash: "x")
            let family = try await Self.login(sara, stores, fixture)
            let login = StaffLogin(user: sara.id, family: family)
            let outcomes = try await withThrowingTaskGroup(of: RefreshOutcome.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        try await (index.isMultiple(of: 2) ? stores : second).users.rotateRefreshToken(
                            hash: "\(family)-1", successorHash: "next-\(index)",
                            expiresAt: fixture.clock.now + .seconds(60), at: fixture.clock.now
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == .rotated(sara, family: family) } == 1)
            #expect(outcomes.count { $0 == .reused(login) } == 1)
            #expect(outcomes.count { $0 == .refused } == 6)
        }
    }

    @Test(arguments: Engine.allCases)
    func aDisabledUserCannotRefreshAndExpiredTokensAreForgotten(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sara = Self.user("sara@example.sa", "سارة", .admin, fixture)
            try await stores.users.add(sara, passwordHash: "x")
            let family = try await Self.login(sara, stores, fixture)
            fixture.clock.advance(.seconds(3600))
            let next = try await Self.login(sara, stores, fixture)
            #expect(try await stores.users.user(of: StaffLogin(user: sara.id, family: family)) == nil)
            try await stores.users.setDisabled(true, of: sara.id, at: fixture.clock.now)
            let outcome = try await stores.users.rotateRefreshToken(
                hash: "\(next)-1", successorHash: "y", expiresAt: fixture.clock.now + .seconds(9), at: fixture.clock.now
            )
            #expect(outcome == .refused)
        }
    }

    private static func user(_ email: String, _ name: String, _ role: User.Role, _ fixture: StoreFixture) -> User {
        let now = fixture.clock.now
        return User(id: .make(at: now), email: email, name: name, role: role, isDisabled: false, createdAt: now)
    }

    /// A family whose first token is hashed as `family-1` and good for a minute.
    private static func login(_ user: User, _ stores: StoreSet, _ fixture: StoreFixture) async throws -> SessionID {
        let now = fixture.clock.now
        let family = SessionID.make(at: now)
        try await stores.users.addRefreshToken(
            RefreshToken(
                hash: "\(family)-1", family: family, user: user.id, issuedAt: now, expiresAt: now + .seconds(60))
        )
        return family
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
