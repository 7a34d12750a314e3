import Domain
import Foundation
import Testing

@testable import Storage

@Suite struct SQLiteDatabaseTests {
    @Test func commitsAreDurableAndKeysAreChecked() async throws {
        try await Self.withDatabase { database, _ in
            let settings = try await database.write { session in
                try ["journal_mode", "synchronous", "foreign_keys"].map { name in
                    try session.execute(SQLText("PRAGMA \(name)"))[0].values[0]
                }
            }
            // 2 is FULL.
            #expect(settings == [.text("wal"), .integer(2), .integer(1)])
        }
    }

    @Test func aTransactionIsWholeOrNotThere() async throws {
        try await Self.withDatabase { database, _ in
            try await database.write { _ = try $0.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)") }
            await #expect(throws: HubError.self) {
                try await database.write { session in
                    _ = try session.execute("INSERT INTO t VALUES (1)")
                    _ = try session.finish("INSERT INTO t VALUES (1)")
                }
            }
            #expect(
                try await database.read { try $0.execute("SELECT count(*) FROM t") } == [SQLRow(values: [.integer(0)])])
            try await database.write { _ = try $0.execute("INSERT INTO t VALUES (1)") }
        }
    }

    @Test func parametersAreBoundByTheirNumber() async throws {
        try await Self.withDatabase { database, _ in
            let rows = try await database.read { try $0.execute("SELECT $2, $1, $2", [.text("a"), .integer(2)]) }
            #expect(rows == [SQLRow(values: [.integer(2), .text("a"), .integer(2)])])
        }
    }

    @Test func readersWriteNothing() async throws {
        try await Self.withDatabase { database, _ in
            await #expect(throws: HubError.self) {
                try await database.read { _ = try $0.execute("CREATE TABLE t (n INTEGER)") }
            }
        }
    }

    @Test func aLockThatIsNotGivenBackMeansUnavailable() async throws {
        try await StoreFixture.with(.sqlite) { fixture in
            let path = fixture.directory.appending(path: "hub.sqlite").path()
            var limits = SQLiteLimits()
            limits.busyTimeout = .milliseconds(50)
            let first = try SQLiteDatabase(path: path, limits: limits, logger: StoreFixture.logger)
            let second = try SQLiteDatabase(path: path, limits: limits, logger: StoreFixture.logger)
            let (taken, signal) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            let holder = Task {
                try await first.write { _ in
                    signal.finish()
                    release.wait()
                }
            }
            for await _ in taken {}
            #expect(try await code { try await second.write { _ in } } == .unavailable)
            release.signal()
            try await holder.value
            try await second.write { _ in }
            await first.close()
            await second.close()
        }
    }

    @Test func aPathThatCannotBeOpenedIsUnavailable() async throws {
        let error = #expect(throws: HubError.self) {
            _ = try SQLiteDatabase(path: "/nowhere/hub.sqlite", limits: SQLiteLimits(), logger: StoreFixture.logger)
        }
        #expect(error?.code == .unavailable)
    }

    private static func withDatabase(_ body: (SQLiteDatabase, StoreFixture) async throws -> Void) async throws {
        try await StoreFixture.with(.sqlite) { fixture in
            let path = fixture.directory.appending(path: "hub.sqlite").path()
            let database = try SQLiteDatabase(path: path, limits: SQLiteLimits(), logger: StoreFixture.logger)
            try await body(database, fixture)
            await database.close()
        }
    }
}
