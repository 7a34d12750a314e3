import Domain
import Testing

@testable import Storage

@Suite struct AccountStoreTests {
    /// Each of two hubs takes away one of the last two administrators, at the same time.
    @Test(arguments: Engine.allCases)
    func oneAdministratorStaysWhenTwoHubsRemoveTheLastTwo(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            for round in 0..<5 {
                let pair = try await [0, 1].asyncMap { number in
                    try await Self.add("admin\(round)-\(number)@example.sa", .admin, stores, fixture)
                }
                let outcomes = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                    for (index, hub) in [stores, second].enumerated() {
                        group.addTask {
                            try await code {
                                _ = try await hub.accounts.change(pair[index], expected: nil, fixture.writing()) {
                                    if index == 0 { $0.isDisabled = true } else { $0.role = .agent }
                                }
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == .conflict } == 1)
                // Clears the way for the next round, past the rule.
                for id in pair { try await stores.users.setDisabled(true, of: id, at: fixture.clock.now) }
            }
        }
    }

    /// An administrator who has not accepted cannot sign in, so they do not count.
    @Test(arguments: Engine.allCases)
    func anInvitedAdministratorIsNoActiveOne(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let last = try await Self.add("last@example.sa", .admin, stores, fixture)
            var invited = Account(
                id: .make(at: fixture.clock.now), email: "new@example.sa", isInvited: true, at: fixture.clock.now)
            invited.role = .admin
            let link = Self.link(invited.id, .invitation, "h", fixture)
            #expect(try await stores.accounts.invite(invited, by: link, fixture.writing()) == invited)
            let refused = try await code {
                _ = try await stores.accounts.change(last, expected: nil, fixture.writing()) { $0.isDisabled = true }
            }
            #expect(refused == .conflict)
            _ = try await stores.accounts.use(
                linkWithHash: "h", for: .invitation, passwordHash: "p", fixture.writing())
            let (old, new) = try await stores.accounts.change(last, expected: 1, fixture.writing()) {
                $0.isDisabled = true
            }
            #expect(old.version == 1 && new.version == 2 && new.isDisabled)
            let stale = try await code {
                _ = try await stores.accounts.change(last, expected: 1, fixture.writing()) { $0.name = "x" }
            }
            #expect(stale == .stale)
        }
    }

    @Test(arguments: Engine.allCases)
    func ofManyWhoUseOneInvitationOneSucceeds(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let account = Account(
                id: .make(at: fixture.clock.now), email: "new@example.sa", isInvited: true, at: fixture.clock.now)
            let link = Self.link(account.id, .invitation, "h", fixture)
            _ = try await stores.accounts.invite(account, by: link, fixture.writing())
            let outcomes = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<8 {
                    let hub = number.isMultiple(of: 2) ? stores : second
                    group.addTask {
                        try await code {
                            _ = try await hub.accounts.use(
                                linkWithHash: "h", for: .invitation, passwordHash: "p\(number)", fixture.writing())
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == .unauthorized } == 7)
            let held = try await stores.accounts.holder(ofLink: "h", for: .invitation, at: fixture.clock.now)
            #expect(held == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func linksAreForOnePurposeAndOneTime(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let accounts = stores.accounts
            let id = try await Self.add("sara@example.sa", .admin, stores, fixture)
            func put(_ purpose: AccountLink.Purpose, _ hash: String) async throws -> HubError.Code? {
                try await code { _ = try await accounts.put(Self.link(id, purpose, hash, fixture), fixture.writing()) }
            }
            #expect(try await put(.invitation, "a") == .conflict)
            #expect(try await put(.reset, "b") == nil)
            #expect(try await put(.reset, "c") == nil)
            let now = fixture.clock.now
            #expect(try await accounts.holder(ofLink: "b", for: .reset, at: now) == nil)
            #expect(try await accounts.holder(ofLink: "c", for: .invitation, at: now) == nil)
            #expect(try await accounts.holder(ofLink: "c", for: .reset, at: now + .seconds(60)) == nil)
            #expect(try await accounts.holder(ofLink: "c", for: .reset, at: now)?.id == id)
            try await stores.users.setDisabled(true, of: id, at: now)
            #expect(try await accounts.holder(ofLink: "c", for: .reset, at: now) == nil)
            #expect(try await put(.reset, "d") == .conflict)
            let hashes = try await fixture.query(
                "SELECT 1 FROM audit_logs WHERE before_json LIKE '%hash%' OR after_json LIKE '%hash%'")
            #expect(hashes.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func peopleAreFoundInAnySpelling(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let id = try await Self.add("amira@example.sa", .agent, stores, fixture, name: "أميرة الأحمد")
            for words in ["اميره", "AMIRA@example", "الاحمد اميره"] {
                let request = ListRequest(
                    filter: AccountFilter(), search: words, order: AccountSort.usual, limit: 10)
                #expect(try await stores.accounts.accounts(request).items.map(\.id) == [id], "\(words)")
            }
        }
    }

    private static func add(
        _ email: String,
        _ role: User.Role,
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        name: String = "سارة"
    ) async throws -> UserID {
        let now = fixture.clock.now
        let user = User(
            id: .make(at: now), email: email, name: name, role: role, isDisabled: false, createdAt: now)
        try await stores.users.add(user, passwordHash: "x")
        return user.id
    }

    /// Good for a minute.
    private static func link(
        _ user: UserID,
        _ purpose: AccountLink.Purpose,
        _ hash: String,
        _ fixture: StoreFixture
    ) -> AccountLink {
        AccountLink(
            user: user, purpose: purpose, hash: hash, createdAt: fixture.clock.now, lifetime: .seconds(60))
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
