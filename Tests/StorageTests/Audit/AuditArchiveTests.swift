import Domain
import Testing

@testable import Storage

@Suite struct AuditArchiveTests {
    @Test(arguments: Engine.allCases)
    func rowsAreReadBackAndNarrowedDown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let start = fixture.clock.now
            let product = ProductStoreTests.product("A", fixture)
            _ = try await stores.products.add(product, fixture.writing())
            fixture.clock.advance(.seconds(10))
            _ = try await stores.products.change(product.id, expected: nil, fixture.writing()) { $0.price = 700 }
            let refused = AuditEvent("access.refused", AuditSubject(kind: "endpoint", id: "listLogs"))
            try await stores.audit.record([refused], by: .system, at: fixture.clock.now)

            let changed = try #require(try await stores.archive.entry(2))
            #expect(changed.event.before == .object(["price": .integer(0)]) && changed.at == fixture.clock.now)
            #expect(changed.actor.name == "سارة" && changed.actor.address == "192.0.2.1" && changed.hash.count == 64)
            #expect(try await stores.archive.entry(4) == nil)

            func found(_ change: (inout AuditFilter) -> Void = { _ in }) async throws -> [Int64] {
                var filter = AuditFilter()
                change(&filter)
                let request = ListRequest(filter: filter, order: AuditSort.usual, limit: 10)
                return try await stores.archive.entries(request).items.map(\.seq)
            }
            #expect(try await found() == [3, 2, 1])
            #expect(try await found { $0.actorKind = .system } == [3])
            #expect(try await found { $0.actorID = "u_00000000000000000000000001" } == [2, 1])
            #expect(try await found { $0.action = "product.created" } == [1])
            #expect(try await found { $0.action = "product" } == [])
            #expect(try await found { $0.actionPrefix = "product." } == [2, 1])
            #expect(try await found { $0.subjectKind = "endpoint" } == [3])
            #expect(try await found { $0.subjectID = product.id.text } == [2, 1])
            #expect(try await found { $0.from = start + .seconds(10) } == [3, 2])
            #expect(try await found { $0.to = start + .seconds(10) } == [1])
        }
    }

    @Test(arguments: Engine.allCases)
    func pagesFollowOneAnotherInBothDirections(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await Self.fill(stores, fixture, rows: 23)
            for isDescending in [false, true] {
                var (seen, after): ([Int64], ListPosition?) = ([], nil)
                repeat {
                    let order = ListOrder(AuditSort.seq, isDescending: isDescending)
                    let page = try await stores.archive.entries(
                        ListRequest(filter: AuditFilter(), order: order, after: after, limit: 5))
                    seen += page.items.map(\.seq)
                    after = page.next
                } while after != nil
                #expect(seen == (isDescending ? (1...23).reversed() : Array(1...23)))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func theDatabaseRefusesToChangeTheLog(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await Self.fill(stores, fixture, rows: 3)
            for statement in ["UPDATE audit_logs SET actor_name = 'x' WHERE seq = 2", "DELETE FROM audit_logs"] {
                await #expect(throws: HubError.self) { try await fixture.alter([statement]) }
            }
            #expect(try await Self.verdict(stores).rows == 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func anUntouchedLogIsWholeFromAnyRowOn(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            #expect(try await Self.verdict(stores).rows == 0)
            // More than a page.
            try await Self.fill(stores, fixture, rows: 1003)
            let last = try #require(try await stores.archive.entry(1003))
            let mark = AuditMark(seq: 1003, hash: last.hash)
            #expect(try await stores.archive.verify(from: 1, noted: mark) == .whole(mark, rows: 1003))
            #expect(try await stores.archive.verify(from: 1000, noted: nil) == .whole(mark, rows: 4))
            #expect(try await stores.archive.verify(from: 1004, noted: nil) == .whole(mark, rows: 0))
            #expect(try await stores.archive.verify(from: 1006, noted: nil) == .broken(.missing(1005...1005)))
        }
    }

    @Test(
        "each kind of tampering shows",
        arguments: Engine.allCases,
        [
            Tampering("UPDATE audit_logs SET actor_name = 'x' WHERE seq = 3", shows: .altered(seq: 3)),
            Tampering("UPDATE audit_logs SET address = NULL WHERE seq = 5", shows: .altered(seq: 5)),
            Tampering("UPDATE audit_logs SET hash = '\(zeros)' WHERE seq = 1", shows: .altered(seq: 1)),
            Tampering("DELETE FROM audit_logs WHERE seq = 1", shows: .missing(1...1)),
            Tampering("DELETE FROM audit_logs WHERE seq IN (3, 4)", shows: .missing(3...4)),
            Tampering("DELETE FROM audit_logs WHERE seq = 5", shows: .missing(5...5)),
            Tampering("DELETE FROM audit_logs", shows: .missing(1...5)),
            Tampering(copy(of: 2, as: 6), shows: .inserted(seq: 6)),
            Tampering(copy(of: 2, as: 0), shows: .inserted(seq: 0)),
            // Room is made for it by counting up what follows.
            Tampering(
                "UPDATE audit_logs SET seq = -seq WHERE seq > 2", "UPDATE audit_logs SET seq = 1 - seq WHERE seq < 0",
                copy(of: 1, as: 3), "UPDATE audit_head SET seq = 6", shows: .inserted(seq: 3)),
            Tampering("UPDATE audit_head SET hash = '\(zeros)'", shows: .otherEnd(seq: 5)),
            Tampering("UPDATE audit_head SET seq = 7", shows: .missing(6...7)),
            Tampering("UPDATE audit_head SET seq = 4", shows: .inserted(seq: 5)),
            Tampering("DELETE FROM audit_head", shows: .otherEnd(seq: 5)),
        ])
    func tamperingShows(_ engine: Engine, _ tampering: Tampering) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await Self.fill(stores, fixture, rows: 5)
            try await fixture.alter(Self.withoutTriggers(engine) + tampering.statements)
            #expect(try await stores.archive.verify(from: 1, noted: nil) == .broken(tampering.shows))
        }
    }

    @Test(arguments: Engine.allCases)
    func aLogWrittenAnewShowsByTheNotedHash(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await Self.fill(stores, fixture, rows: 5)
            let noted = AuditMark(seq: 4, hash: try #require(try await stores.archive.entry(4)).hash)
            // All rows go, and a chain as good as the old one takes their place.
            try await fixture.alter(
                Self.withoutTriggers(engine) + [
                    "DELETE FROM audit_logs", "UPDATE audit_head SET seq = 0, hash = '\(AuditTrail.origin)'",
                ])
            fixture.clock.advance()
            try await Self.fill(stores, fixture, rows: 5)
            #expect(try await Self.verdict(stores).rows == 5)
            #expect(try await stores.archive.verify(from: 1, noted: noted) == .broken(.rewritten(seq: 4)))
        }
    }

    // MARK: -

    struct Tampering: Sendable, CustomTestStringConvertible {
        let statements: [String]
        let shows: AuditBreak

        init(_ statements: String..., shows: AuditBreak) {
            self.statements = statements
            self.shows = shows
        }

        var testDescription: String { statements.joined(separator: "; ") }
    }

    private static let zeros = AuditTrail.origin

    private static func copy(of seq: Int64, as other: Int64) -> String {
        let columns = AuditRow.columns.map(\.name).dropFirst().joined(separator: ", ") + ", hash"
        return "INSERT INTO audit_logs (seq, \(columns)) SELECT \(other), \(columns) FROM audit_logs WHERE seq = \(seq)"
    }

    private static func withoutTriggers(_ engine: Engine) -> [String] {
        switch engine {
        case .sqlite: ["DROP TRIGGER audit_logs_no_update", "DROP TRIGGER audit_logs_no_delete"]
        case .postgres: ["DROP TRIGGER audit_logs_append_only ON audit_logs"]
        }
    }

    private static func fill(_ stores: StoreSet, _ fixture: StoreFixture, rows: Int) async throws {
        let actor = AuditActor(kind: .user, id: "u_1", name: "سارة", address: "192.0.2.1")
        let events = (0..<rows).map { AuditEvent("test", AuditSubject(kind: "t", id: "\($0)")) }
        try await stores.audit.record(events, by: actor, at: fixture.clock.now)
    }

    /// Of a log that must be whole.
    private static func verdict(_ stores: StoreSet) async throws -> (last: AuditMark, rows: Int64) {
        let verdict = try await stores.archive.verify(from: 1, noted: nil)
        guard case .whole(let last, let rows) = verdict else { throw HubError(.internal, "\(verdict)") }
        return (last, rows)
    }
}
