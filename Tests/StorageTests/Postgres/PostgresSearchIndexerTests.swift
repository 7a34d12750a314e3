import Domain
import Testing

@testable import Storage

/// Texts wait for their index; no search may notice.
@Suite struct PostgresSearchIndexerTests {
    @Test func textsAreFoundBeforeAndAfterTheyAreIndexed() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            let waiting = try await fixture.open { $0.indexDelay = .seconds(600) }
            _ = try await waiting.migrator.up()
            let room = try await waiting.makeRoom(.channel, fixture).id
            try await Self.write(1...7, waiting, room)
            #expect(try await Self.counts(fixture) == [0, 7])
            #expect(try await Self.found("رساله", waiting, room) == [7, 6, 5, 4, 3, 2, 1])

            let moving = try await fixture.open {
                $0.indexDelay = .milliseconds(1)
                $0.indexPage = 3
            }
            try await Self.write(8...8, moving, room)
            try await eventually("all texts are indexed") { try await Self.counts(fixture) == [8, 0] }
            #expect(try await Self.found("رساله", waiting, room) == [8, 7, 6, 5, 4, 3, 2, 1])

            // Newest first over both tables, and what replaces a text counts wherever it is.
            try await Self.write(9...9, waiting, room)
            try await waiting.append(
                room, Samples.draft(.edit(target: 5, body: .text("خطاب")), by: Samples.sara, mid: "e"),
                Samples.draft(.deletion(target: 6), by: Samples.sara, mid: "d", isModerator: true))
            #expect(try await Self.found("رساله", waiting, room) == [9, 8, 7, 4, 3, 2, 1])
            #expect(try await Self.found("خطاب", waiting, room) == [5])
        }
    }

    @Test func hubsThatMoveSideBySideLoseNothing() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            var hubs: [StoreSet] = []
            for _ in 0..<3 {
                hubs.append(
                    try await fixture.open {
                        $0.indexDelay = .milliseconds(1)
                        $0.indexPage = 2
                    })
            }
            _ = try await hubs[0].migrator.up()
            let room = try await hubs[0].makeRoom(.channel, fixture).id
            for number in 1...30 {
                try await Self.write(number...number, hubs[number % 3], room)
                let found = try await Self.found("رساله", hubs[(number + 1) % 3], room)
                #expect(found.count == number)
            }
            try await eventually("all texts are indexed") { try await Self.counts(fixture) == [30, 0] }
            #expect(try await Self.found("رساله", hubs[0], room).count == 30)
        }
    }

    /// Texts under the index, and texts that wait.
    private static func counts(_ fixture: StoreFixture) async throws -> [Int64] {
        guard case .postgres(let url, let limits) = fixture.configuration else { return [] }
        let database = try PostgresDatabase(url: url, limits: limits, logger: StoreFixture.logger)
        let rows = try await database.snapshot { session in
            try session.batch([
                SQLStatement("SELECT count(*) FROM message_search"),
                SQLStatement("SELECT count(*) FROM message_search_new"),
            ])
        }
        await database.close()
        return try rows.map { rows in
            var reader = try #require(rows.first).reader
            return try reader.integer()
        }
    }

    private static func write(_ numbers: ClosedRange<Int>, _ stores: StoreSet, _ room: RoomID) async throws {
        for number in numbers {
            try await stores.append(room, Samples.text("رسالة \(number)", by: Samples.sara, mid: "m\(number)"))
        }
    }

    private static func found(_ query: String, _ stores: StoreSet, _ room: RoomID) async throws -> [SequenceNumber] {
        try await stores.rooms.search(query, scope: .room(room), limit: 100).map(\.seq)
    }
}
