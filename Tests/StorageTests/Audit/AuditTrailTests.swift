import Domain
import Testing

@testable import Storage

@Suite struct AuditTrailTests {
    @Test(arguments: Engine.allCases)
    func everyWriteIsWrittenDownWithWhatChanged(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let product = ProductStoreTests.product("A", fixture)
            _ = try await stores.products.add(product, fixture.writing())
            _ = try await stores.products.change(product.id, expected: nil, fixture.writing()) { $0.price = 700 }
            _ = try await stores.products.change(product.id, expected: nil, fixture.writing()) { $0.price = 700 }
            try await stores.products.remove(product.id, expected: nil, fixture.writing())
            let rows = try await Self.rows(fixture)
            #expect(rows.map { $0[7] } == ["product.created", "product.changed", "product.removed"].map(SQLValue.text))
            #expect(rows.allSatisfy { $0[9] == .text(product.id.text) && $0[5] == .text("192.0.2.1") })
            #expect(rows[1][10] == .text(#"{"price":0}"#))
            #expect(rows[1][11] == .text(#"{"price":700}"#))
        }
    }

    @Test(arguments: Engine.allCases)
    func theChainHoldsWhenManyHubsWrite(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    let audit = (number % 2 == 0 ? stores : other).audit
                    group.addTask {
                        let events = (0..<number % 3).map { AuditEvent("test", AuditSubject(kind: "t", id: "\($0)")) }
                        try await audit.record(events, by: .system, at: fixture.clock.now)
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await Self.rows(fixture)
            #expect(rows.map { $0[0] } == (1...39).map { .integer($0) })
            var hash = AuditTrail.origin
            for row in rows {
                let read = AuditRow(
                    seq: try #require(row[0].integer),
                    at: fixture.clock.now,
                    actor: .system,
                    event: AuditEvent("test", AuditSubject(kind: "t", id: try #require(row[9].text)))
                )
                hash = read.hash(after: hash)
                #expect(row[12] == .text(hash))
            }
        }
    }

    /// The whole log in its order.
    private static func rows(_ fixture: StoreFixture) async throws -> [[SQLValue]] {
        try await fixture.query("SELECT * FROM audit_logs ORDER BY seq").map(\.values)
    }
}

extension SQLValue {
    fileprivate var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
