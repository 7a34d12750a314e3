import Domain
import Foundation
import Testing

@testable import Storage

/// The index is behind the commits; no search may notice.
@Suite struct SQLiteSearchIndexTests {
    @Test func theIndexIsBesideItsDatabase() {
        #expect(SQLiteSearchIndex.path(for: "/data/hub.sqlite") == "/data/hub-search.sqlite")
        #expect(SQLiteSearchIndex.path(for: "hub.sqlite") == "hub-search.sqlite")
        #expect(SQLiteSearchIndex.path(for: "/da.ta/hub") == "/da.ta/hub-search")
    }

    @Test func aSearchCatchesUpOverManyPages() async throws {
        try await Shop.open { shop in
            try await shop.write(1...20)
            #expect(try await shop.found("رساله", limit: 100).count == 20)
            #expect(try await shop.found("رساله 17") == [17])
        }
    }

    @Test func whatACrashLeftUnindexedIsFound() async throws {
        try await Shop.open { shop in
            try await shop.write(1...5)
            #expect(try await shop.found("رساله").count == 5)
            try await shop.write(6...9)
            // The first hub never gets to index these, as if it had been killed.
            let second = try await shop.reopen(closing: false)
            #expect(try await second.found("رساله").count == 9)
        }
    }

    @Test func hubsBesideEachOtherFindEachOthersMessages() async throws {
        try await Shop.open { one in
            let two = try await one.reopen(closing: false)
            for number in 1...12 {
                try await (number.isMultiple(of: 2) ? one : two).write(number...number)
                let found = try await withThrowingTaskGroup(of: Int.self) { group in
                    for shop in [one, two, one, two] {
                        group.addTask { try await shop.found("رساله", limit: 100).count }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(found == Array(repeating: number, count: 4))
            }
        }
    }

    @Test func editsAndDeletionsThatAreNotIndexedYetCount() async throws {
        try await Shop.open { shop in
            try await shop.write(1...2)
            #expect(try await shop.found("رساله").count == 2)
            try await shop.stores.append(
                shop.room, Samples.draft(.edit(target: 1, body: .text("خطاب 1")), by: Samples.sara, mid: "e"),
                Samples.draft(.deletion(target: 2), by: Samples.sara, mid: "d", isModerator: true))
            #expect(try await shop.found("خطاب") == [1])
            #expect(try await shop.found("رساله").isEmpty)
        }
    }

    @Test(arguments: ["deleted", "damaged"])
    func aLostIndexIsMadeAnew(_ how: String) async throws {
        try await Shop.open { shop in
            try await shop.write(1...7)
            #expect(try await shop.found("رساله").count == 7)
            await shop.stores.close()
            switch how {
            case "deleted": try FileManager.default.removeItem(atPath: shop.indexPath)
            default: try Data(repeating: 7, count: 8192).write(to: URL(filePath: shop.indexPath))
            }
            let again = try await shop.reopen(closing: false)
            #expect(try await again.found("رساله").count == 7)
        }
    }

    /// A backup is the log alone. What was indexed after it must not be found, nor hide what is written now.
    @Test func anOlderLogThatWasPutBackIsIndexedAnew() async throws {
        try await Shop.open { shop in
            try await shop.write(1...3)
            let early = try await shop.reopen()
            await early.stores.close()
            let backup = early.path + ".backup"
            try FileManager.default.copyItem(atPath: early.path, toPath: backup)
            let late = try await early.reopen(closing: false)
            try await late.write(4...6)
            #expect(try await late.found("رساله").count == 6)
            await late.stores.close()
            try FileManager.default.removeItem(atPath: late.path)
            try FileManager.default.moveItem(atPath: backup, toPath: late.path)
            let restored = try await late.reopen(closing: false)
            restored.fixture.clock.advance()
            // The same mids come again from browsers that had no answer, with the same seqs.
            try await restored.write(4...6, word: "خطاب")
            #expect(try await restored.found("رساله") == [3, 2, 1])
            #expect(try await restored.found("خطاب") == [6, 5, 4])
        }
    }

    /// It may number the rows of the log anew.
    @Test func aVacuumOfTheLogChangesNothing() async throws {
        try await Shop.open { shop in
            try await shop.write(1...9)
            try await shop.fixture.execute("DELETE FROM room_events WHERE seq IN (2, 3, 4)")
            #expect(try await shop.found("رساله").count == 6)
            await shop.stores.close()
            let script = shop.fixture.directory.appending(path: "vacuum.sql")
            try "VACUUM".write(to: script, atomically: true, encoding: .utf8)
            try shop.fixture.run(script)
            let again = try await shop.reopen(closing: false)
            try await again.write(10...12)
            try await again.stores.append(
                shop.room, Samples.draft(.edit(target: 9, body: .text("خطاب")), by: Samples.sara, mid: "e"))
            #expect(try await again.found("رساله", limit: 100) == [12, 11, 10, 8, 7, 6, 5, 1])
            #expect(try await again.found("خطاب") == [9])
        }
    }

    @Test func messagesAreIndexedWhenNobodySearches() async throws {
        try await Shop.open(delay: .milliseconds(1)) { shop in
            try await shop.write(1...8)
            let index = try SQLiteDatabase(path: shop.indexPath, limits: SQLiteLimits(), logger: StoreFixture.logger)
            try await eventually("the index has all pages") {
                let rows = try await index.read { try $0.execute("SELECT seq FROM progress") }
                return rows.first?.values == [.integer(8)]
            }
            let texts = try await index.read { try $0.execute("SELECT count(*) FROM message_search") }
            #expect(texts.first?.values == [.integer(8)])
            await index.close()
        }
    }

    @Test func aSearchDoesNotWaitForeverForANewIndex() async throws {
        try await Shop.open(patience: .zero) { shop in
            try await shop.write(1...7)
            // Each attempt gets a page of three further.
            for _ in 1...2 { #expect(try await code { _ = try await shop.found("رساله") } == .busy) }
            #expect(try await shop.found("رساله").count == 7)
        }
    }

    /// The first schema kept the index beside the log; what it held is found again from the log.
    @Test func aDatabaseOfTheFirstSchemaIsSearchableAfterItsMigration() async throws {
        try await StoreFixture.with(.sqlite) { fixture in
            let first = try #require(Schema.migrations.first)
            for text in [Schema.migrationsTable] + first.statements(for: .sqlite) {
                try await fixture.execute(SQLText(text))
            }
            let checksum = first.checksum(for: .sqlite)
            try await fixture.execute(
                SQLText("INSERT INTO schema_migrations VALUES (1, 'initial', 5, '\(checksum)')"))
            let stores = try await fixture.open()
            // Today's statements know more columns than that schema has.
            let room = RoomID.make(at: fixture.clock.now)
            let content = EventContent.message(.text("قبل الترقية"), replyTo: nil).json.text
            for text in [
                """
                INSERT INTO rooms (id, kind, title, head, created_ms, changed_ms)
                VALUES ('\(room)', 'channel', '', 1, 5, 5)
                """,
                """
                INSERT INTO room_events (
                    room_id, seq, type, at_ms, author_kind, author_id, author_name, mid, content
                ) VALUES ('\(room)', 1, 'msg', 5, 'staff', '\(Samples.sara.id)', 'سارة', '1', '\(content)')
                """,
            ] { try await fixture.execute(text.sql) }
            try await fixture.execute("INSERT INTO message_search VALUES ('\(room)', 1, 1, 'قبل الترقيه')".sql)
            #expect(try await stores.migrator.up().first?.version == 2)
            try await stores.migrator.check()
            #expect(try await stores.rooms.search("الترقيه", scope: .room(room), limit: 9).map(\.seq) == [1])
        }
    }
}

extension String {
    fileprivate var sql: SQLText { SQLText(self) }
}

/// A hub on a SQLite file with one channel, and an index of small pages.
private struct Shop {
    let fixture: StoreFixture
    let stores: StoreSet
    let room: RoomID
    let path: String
    let limits: SQLiteLimits

    var indexPath: String { SQLiteSearchIndex.path(for: path) }

    static func open(
        delay: Duration = .seconds(600),
        patience: Duration = .seconds(60),
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await StoreFixture.with(.sqlite) { fixture in
            var limits = SQLiteLimits.patient
            limits.indexDelay = delay
            limits.indexPage = 3
            limits.searchPatience = patience
            let path = fixture.directory.appending(path: "hub.sqlite").path()
            let stores = try await fixture.openSQLite(path, limits)
            _ = try await stores.migrator.up()
            let room = try await stores.makeRoom(.channel, fixture).id
            try await body(Shop(fixture: fixture, stores: stores, room: room, path: path, limits: limits))
        }
    }

    /// Another hub on the same files, after this one or beside it.
    func reopen(closing: Bool = true) async throws -> Shop {
        if closing { await stores.close() }
        let stores = try await fixture.openSQLite(path, limits)
        return Shop(fixture: fixture, stores: stores, room: room, path: path, limits: limits)
    }

    func write(_ numbers: ClosedRange<Int>, word: String = "رسالة") async throws {
        for number in numbers {
            let draft = Samples.text("\(word) \(number)", by: Samples.sara, mid: "m\(number)")
            try await stores.append(room, draft)
        }
    }

    func found(_ query: String, limit: Int = 50) async throws -> [SequenceNumber] {
        try await stores.rooms.search(query, scope: .room(room), limit: limit).map(\.seq)
    }
}
