import Dispatch
import Domain
import GRDB
import Logging
import Synchronization

/// SQLite through GRDB: one writer, several readers, a durable commit for every write.
///
/// Accesses run on GRDB's own dispatch queues, but for lookups, which run where the caller is. Writes wait for one another in GRDB's queue and for other processes
/// as long as the busy timeout.
final class SQLiteDatabase: SQLDatabase {
    let dialect = SQLDialect.sqlite
    let texts = TextCloak()
    private let pool: DatabasePool
    /// Connections of their own, so that a lookup never waits for a list or a search.
    private let lookups: DatabasePool
    private let index: SQLiteSearchIndex
    private let logger: Logger
    /// Guards the order of accesses and closing: GRDB must not be asked for a write after it closed.
    private let isClosed = Mutex(false)
    /// Reads and writes that are under way.
    private let accesses = Mutex<[Int]>([0, 0])

    /// Opens or makes the file. Throws `unavailable` when that is impossible.
    init(path: String, limits: SQLiteLimits, logger: Logger) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = limits.readers
        configuration.busyMode = .timeout(Double(limits.busyTimeout.milliseconds) / 1000)
        configuration.label = "hub.sqlite"
        self.logger = logger
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL when it turns on WAL: then a power cut may lose commits that were answered.
            try pool.writeWithoutTransaction { writer in
                try writer.execute(sql: "PRAGMA synchronous = FULL")
                // 16 MiB instead of 4: the same pages change again and again, and each checkpoint writes them once.
                _ = try Int.fetchOne(writer, sql: "PRAGMA wal_autocheckpoint = 4000")
            }
            configuration.readonly = true
            configuration.label = "hub.sqlite.lookups"
            lookups = try DatabasePool(path: path, configuration: configuration)
            let indexPath = SQLiteSearchIndex.path(for: path)
            index = try SQLiteSearchIndex.open(path: indexPath, log: pool, limits: limits, logger: logger)
        } catch {
            throw SQLiteFailure.hubError(for: error, logger)
        }
        // What was committed before a crash, or before there was an index.
        index.noteCommit()
    }

    func run<Value: Sendable>(
        _ access: SQLAccess,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        if case .lookup = access { return try lookUp(body) }
        accesses.withLock { $0[access.isWrite ? 1 : 0] += 1 }
        defer { accesses.withLock { $0[access.isWrite ? 1 : 0] -= 1 } }
        return try await perform(access, body)
    }

    /// GRDB keeps how many it has lent to itself: who waits and who is served cannot be told apart.
    func families() -> [MetricFamily] {
        let accesses = accesses.withLock { $0 }
        return [
            .gauge(
                "hub_database_accesses", "Accesses that wait or are served.",
                [([.init("pool", "readers")], Double(accesses[0])), ([.init("pool", "writers")], Double(accesses[1]))])
        ]
    }

    private func perform<Value: Sendable>(
        _ access: SQLAccess,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let answer: @Sendable (Result<Value, any Error>) -> Void = { [logger] result in
                continuation.resume(with: result.mapError { SQLiteFailure.hubError(for: $0, logger) })
            }
            isClosed.withLock { isClosed in
                if isClosed { return continuation.resume(throwing: HubError.unavailable()) }
                // All of these only put the closure into a queue.
                switch access {
                case .read, .lookup, .snapshot:
                    pool.asyncRead { [texts] reader in
                        answer(Result { try body(SQLiteSession(reader.get(), texts)) })
                    }
                case .search:
                    index.search(body, answer)
                case .write, .migration:
                    pool.asyncWriteWithoutTransaction { [index, texts] writer in
                        answer(Result { try Self.transaction(writer, texts, body) })
                        index.noteCommit()
                    }
                }
            }
        }
    }

    private func lookUp<Value>(_ body: (any SQLSession) throws -> Value) throws -> Value {
        guard !isClosed.withLock(\.self) else { throw HubError.unavailable() }
        do {
            // One statement sees one moment without a transaction.
            return try lookups.unsafeRead { try body(SQLiteSession($0, texts)) }
        } catch {
            guard !isClosed.withLock(\.self) else { throw HubError.unavailable() }
            throw SQLiteFailure.hubError(for: error, logger)
        }
    }

    /// Returns when what is under way has ended.
    func close() async {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "hub.sqlite.close").async { [pool, lookups, index, logger] in
                do {
                    // It reads the log.
                    try index.close()
                    try lookups.close()
                    // Whoever copies the file of a stopped hub should copy everything; without this the newest
                    // commits stay in the WAL beside it.
                    _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
                    try pool.close()
                } catch {
                    let code = SQLiteFailure.code(of: error)
                    logger.warning("database not closed", metadata: [StorageLog.code: "\(code)"])
                }
                continuation.resume()
            }
        }
    }

    private static func transaction<Value>(
        _ database: Database,
        _ texts: TextCloak,
        _ body: (any SQLSession) throws -> Value
    ) throws -> Value {
        try database.beginTransaction(.immediate)
        do {
            let value = try body(SQLiteSession(database, texts))
            try database.commit()
            return value
        } catch {
            // A failed rollback leaves a transaction open only when the connection itself is broken; the next
            // BEGIN then fails and says so.
            try? database.rollback()
            throw error
        }
    }
}

extension SQLAccess {
    fileprivate var isWrite: Bool {
        switch self {
        case .read, .lookup, .snapshot, .search: false
        case .write, .migration: true
        }
    }
}
