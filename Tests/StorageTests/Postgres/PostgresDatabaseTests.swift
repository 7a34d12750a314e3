import Domain
import Foundation
import Testing

@testable import Storage

@Suite struct PostgresDatabaseTests {
    @Test func sessionsRunOnTheConnectionsThread() async throws {
        try await Self.withDatabase { database, _ in
            let name = try await database.read { _ in Thread.current.name }
            #expect(name == "hub.postgres")
        }
    }

    @Test func durabilityAndTimeOutsDoNotDependOnTheServersDefaults() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            try await StoreFixture.administer("ALTER DATABASE \(fixture.databaseName) SET synchronous_commit = off")
            try await StoreFixture.administer(
                "ALTER DATABASE \(fixture.databaseName) SET default_transaction_isolation = 'serializable'"
            )
            let database = try Self.open(fixture)
            let settings = try await database.write { session in
                try session.execute(
                    """
                    SELECT current_setting('synchronous_commit'), current_setting('transaction_isolation'),
                        current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout'),
                        current_setting('enable_seqscan')
                    """
                )
            }
            let expected: [SQLValue] = [.text("on"), .text("read committed"), .text("30s"), .text("30s"), .text("off")]
            #expect(settings == [SQLRow(values: expected)])
            await database.close()
        }
    }

    @Test func aTransactionIsWholeOrNotThere() async throws {
        try await Self.withDatabase { database, _ in
            try await Self.makeTable(database)
            await #expect(throws: HubError.self) {
                try await database.write { session in
                    _ = try session.execute("INSERT INTO t VALUES (1, 'a')")
                    _ = try session.finish([
                        SQLStatement("INSERT INTO t VALUES (2, 'b')"), SQLStatement("INSERT INTO t VALUES (1, 'c')"),
                    ])
                }
            }
            await #expect(throws: CancellationError.self) {
                try await database.write { session in
                    _ = try session.execute("INSERT INTO t VALUES (3, 'a')")
                    throw CancellationError()
                }
            }
            #expect(
                try await database.read { try $0.execute("SELECT count(*) FROM t") } == [SQLRow(values: [.integer(0)])])
            // The connection is clean: the same statements work afterwards.
            try await database.write { session in _ = try session.execute("INSERT INTO t VALUES (1, 'a')") }
            #expect(
                try await database.read { try $0.execute("SELECT n, s FROM t") }
                    == [SQLRow(values: [.integer(1), .text("a")])])
        }
    }

    @Test func aSnapshotSeesOneMoment() async throws {
        try await Self.withDatabase { database, fixture in
            try await Self.makeTable(database)
            let other = try Self.open(fixture)
            let counts = try await database.snapshot { session in
                let before = try session.execute("SELECT count(*) FROM t")
                let done = DispatchSemaphore(value: 0)
                Task {
                    try await other.write { _ = try $0.execute("INSERT INTO t VALUES (1, 'a')") }
                    done.signal()
                }
                done.wait()
                return [before, try session.execute("SELECT count(*) FROM t")]
            }
            #expect(counts[0] == counts[1])
            let after = try await database.read { try $0.execute("SELECT count(*) FROM t") }
            #expect(after == [SQLRow(values: [.integer(1)])])
            await other.close()
        }
    }

    /// Two transactions that lock two rows in opposite order: the server ends one, which is run again.
    @Test func deadlocksAreResolvedByTryingAgain() async throws {
        try await Self.withDatabase { database, _ in
            try await Self.makeTable(database)
            try await database.write { _ = try $0.execute("INSERT INTO t VALUES (1, ''), (2, '')") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await database.write { session in
                            let append: SQLText = "UPDATE t SET s = s || 'x' WHERE n = $1"
                            _ = try session.execute(append, [.integer(Int64(order[0]))])
                            _ = try session.execute("SELECT pg_sleep(0.2)")
                            _ = try session.finish(append, [.integer(Int64(order[1]))])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(
                try await database.read { try $0.execute("SELECT s FROM t ORDER BY n") }
                    == [SQLRow(values: [.text("xx")]), SQLRow(values: [.text("xx")])])
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func aSlowStatementIsEndedAndTheConnectionLivesOn() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            let database = try Self.open(fixture) { limits in
                limits.statementTimeout = .seconds(2)
                limits.readers = 1
            }
            #expect(
                try await code { _ = try await database.read { try $0.execute("SELECT pg_sleep(3600)") } }
                    == .unavailable
            )
            #expect(try await database.read { try $0.execute("SELECT 1") } == [SQLRow(values: [.integer(1)])])
            await database.close()
        }
    }

    @Test func allConnectionsTakenMeansBusyAfterTheWait() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            let database = try Self.open(fixture) { limits in
                limits.readers = 1
                limits.leaseTimeout = .seconds(2)
            }
            try await eventually("the only connection is open") {
                try await code { try await database.read { _ in } } == nil
            }
            let (taken, signal) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            let holder = Task {
                try await database.read { _ in
                    signal.finish()
                    release.wait()
                }
            }
            for await _ in taken {}
            #expect(try await code { _ = try await database.read { _ in } } == .busy)
            release.signal()
            try await holder.value
            try await database.read { _ in }
            await database.close()
        }
    }

    @Test func arraysTakeEveryText() async throws {
        try await Self.withDatabase { database, _ in
            let texts = [
                "", "NULL", "a,b", "{x}", "\"q\"", "\\", "\\\"", "'; DROP TABLE t; --", "سطر\nآخر\t", "👩‍👩‍👧", " ",
            ]
            let bulk = SQLBulk([.text("a"), .integer("n")], "SELECT k.a, k.n FROM k ORDER BY k.n")
            let rows = texts.enumerated().map { [SQLValue.text($1), .integer(Int64($0))] } + [[.null, .integer(99)]]
            let read = try await database.read { try $0.execute(bulk.over(rows)) }
            #expect(read.map(\.values) == rows)
            #expect(try await database.read { try $0.execute(bulk.over([])) } == [])
        }
    }

    @Test func moreStatementsThanAreKeptPreparedStillWork() async throws {
        try await Self.withDatabase { database, _ in
            for round in 0..<2 {
                for number in 0..<300 {
                    let rows = try await database.read {
                        try $0.execute(SQLText("SELECT \(number) + $1::int"), [.integer(1)])
                    }
                    #expect(rows == [SQLRow(values: [.integer(Int64(number + 1))])], "round \(round)")
                }
            }
        }
    }

    /// More than any socket buffer holds, in both directions at once.
    @Test func bigBatchesFlowBothWays() async throws {
        try await Self.withDatabase { database, _ in
            let text = String(repeating: "س", count: 100_000)
            let statements = (0..<30).map { _ in SQLStatement("SELECT $1::text", [.text(text)]) }
            let results = try await database.read { try $0.batch(statements) }
            #expect(results.allSatisfy { $0 == [SQLRow(values: [.text(text)])] })
        }
    }

    @Test func aURLThatCannotBeReadIsNotQuoted() {
        for url in [
            "", "mysql://u:geheim@h/d", "postgres://u:geheim@h:port:port/d?x", "postgres://u:geheim@h/d?nonsense=1",
        ] {
            let error = #expect(throws: HubError.self) {
                _ = try PostgresDatabase(url: url, limits: .patient, logger: StoreFixture.logger)
            }
            #expect(error?.code == .badRequest)
            #expect(error?.message.contains("geheim") == false)
        }
        let configuration = StorageConfiguration.postgres(url: "postgres://u:geheim@h/d")
        #expect(!"\(configuration) \(String(reflecting: configuration))".contains("geheim"))
    }

    /// With limits of an hour: an answer within minutes did not wait for them.
    @Test(.timeLimit(.minutes(5)))
    func noServerMeansUnavailableAtOnce() async throws {
        var limits = PostgresLimits.patient
        limits.connectTimeout = .seconds(3600)
        limits.leaseTimeout = .seconds(3600)
        let database = try PostgresDatabase(
            url: "postgres://u:geheim@127.0.0.1:1/d", limits: limits, logger: StoreFixture.logger
        )
        for _ in 0..<3 {
            let error = await #expect(throws: HubError.self) { try await database.read { _ in } }
            #expect(error?.code == .unavailable)
            #expect(error?.retryAfter != nil)
            #expect(error?.message.contains("geheim") == false)
        }
        await database.close()
    }

    // MARK: Helpers

    static func open(
        _ fixture: StoreFixture,
        _ change: (inout PostgresLimits) -> Void = { _ in }
    ) throws -> PostgresDatabase {
        var limits = PostgresLimits.patient
        change(&limits)
        let url = StoreFixture.url(try Engine.clusterURL(), database: fixture.databaseName)
        return try PostgresDatabase(url: url, limits: limits, logger: StoreFixture.logger)
    }

    private static func withDatabase(_ body: (PostgresDatabase, StoreFixture) async throws -> Void) async throws {
        try await StoreFixture.with(.postgres) { fixture in
            let database = try open(fixture)
            try await body(database, fixture)
            await database.close()
        }
    }

    private static func makeTable(_ database: PostgresDatabase) async throws {
        try await database.write { _ = try $0.execute("CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT NOT NULL)") }
    }
}
