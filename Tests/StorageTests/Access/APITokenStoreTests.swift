import Domain
import Testing

@testable import Storage

@Suite struct APITokenStoreTests {
    @Test(arguments: Engine.allCases)
    func aTokenIsFoundByItsHashWithItsUser(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sara = try await Self.user(stores, fixture)
            let token = Self.token(sara, fixture)
            try await stores.tokens.add(token, hash: "h", max: 2, fixture.writing())
            let found = try #require(try await stores.tokens.bearer(hash: "h"))
            #expect(found.token == token && found.user == sara)
            #expect(try await stores.tokens.bearer(hash: "other") == nil)
            try await stores.tokens.noteUse(of: token.id, at: fixture.clock.now)
            #expect(try await stores.tokens.token(token.id)?.lastUsedAt == fixture.clock.now)
            // A hub whose clock is behind takes nothing back.
            try await stores.tokens.noteUse(of: token.id, at: fixture.clock.now - .seconds(1))
            #expect(try await stores.tokens.token(token.id)?.lastUsedAt == fixture.clock.now)

            let nobody = try await code {
                try await stores.tokens.revoke(token.id, owner: .make(at: fixture.clock.now), fixture.writing())
            }
            #expect(nobody == .notFound)
            for _ in 0..<2 { try await stores.tokens.revoke(token.id, owner: sara.id, fixture.writing()) }
            #expect(try await stores.tokens.bearer(hash: "h")?.token.revokedAt == fixture.clock.now)
            let actions = try await fixture.query("SELECT action FROM audit_logs ORDER BY seq").map(\.values)
            #expect(actions == ["user.created", "token.created", "token.revoked"].map { [.text($0)] })
            let written = try await fixture.query("SELECT after_json FROM audit_logs WHERE after_json LIKE '%\"h\"%'")
            #expect(written.isEmpty, "the hash is nobody's business")
        }
    }

    @Test(arguments: Engine.allCases)
    func theBoundHoldsWhenTwoHubsMakeTokensAtOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let sara = try await Self.user(stores, fixture)
            let made = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<8 {
                    let tokens = (number.isMultiple(of: 2) ? stores : other).tokens
                    let token = Self.token(sara, fixture)
                    group.addTask {
                        try await code { try await tokens.add(token, hash: "h\(number)", max: 3, fixture.writing()) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(made.count { $0 == nil } == 3 && made.count { $0 == .conflict } == 5)
        }
    }

    static func user(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> User {
        let now = fixture.clock.now
        let user = User(
            id: .make(at: now), email: "sara@example.sa", name: "سارة", role: .admin, isDisabled: false, createdAt: now)
        try await stores.users.add(user, passwordHash: "x")
        return user
    }

    private static func token(_ user: User, _ fixture: StoreFixture) -> APIToken {
        let now = fixture.clock.now
        return APIToken(
            id: .make(at: now), user: user.id, name: "نسخ", scopes: [.chat, .productsRead], createdAt: now,
            expiresAt: now + .seconds(60))
    }
}
