import Domain
import Testing

@testable import Storage

@Suite struct AnswerStoreTests {
    @Test(arguments: Engine.allCases)
    func oldKeysAreForgottenAndYoungOnesKept(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let start = fixture.clock.now
            for number in 0..<6 {
                try await Self.write("k\(number)", stores, fixture)
                fixture.clock.advance(.seconds(1))
            }
            let limit = start + .seconds(4)
            #expect(try await stores.answers.forget(takenBefore: limit, limit: 3) == 3)
            #expect(try await stores.answers.forget(takenBefore: limit, limit: 3) == 1)
            #expect(try await stores.answers.forget(takenBefore: limit, limit: 3) == 0)
            let left = try await fixture.query("SELECT key FROM idempotency_keys ORDER BY key")
            #expect(left.map(\.values) == [[.text("k4")], [.text("k5")]])
        }
    }

    @Test(arguments: Engine.allCases)
    func hubsThatForgetAtOnceShareTheWork(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            for number in 0..<20 { try await Self.write("k\(number)", stores, fixture) }
            let limit = fixture.clock.now + .seconds(1)
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    let answers = (number % 2 == 0 ? stores : other).answers
                    group.addTask { try await answers.forget(takenBefore: limit, limit: 20) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 20)
        }
    }

    private static func write(_ key: String, _ stores: StoreSet, _ fixture: StoreFixture) async throws {
        let once = Once<Product>(owner: "u_1", key: key, fingerprint: "f") { _ in
            StoredAnswer(status: 201, location: nil, body: "{}")
        }
        _ = try await stores.products.add(ProductStoreTests.product(key, fixture), fixture.writing(once: once))
    }
}
