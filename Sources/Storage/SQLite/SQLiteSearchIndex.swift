import Dispatch
import Domain
import GRDB
import Glibc
import Logging
import Synchronization

/// The index for search on SQLite: a file beside the log, filled behind the commits, many events at a time.
///
/// Indexing a text costs more than all else that a commit does, and most of that is the same for one text as for
/// a thousand. So no commit waits for it. A search first indexes what is missing, which keeps it exact: also after
/// a crash, and with several processes on the same files.
///
/// Nothing in the file is a truth of its own. It may lose its newest transactions in a power cut, or be deleted, or
/// stay behind when an older log is put back: what it has is checked against the log each time, and filled anew
/// where they do not agree.
final class SQLiteSearchIndex: Sendable {
    private let pool: DatabasePool
    private let log: DatabasePool
    private let limits: SQLiteLimits
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var isClosed = false
        /// Whether a look at the log is due already.
        var isAwake = false
    }

    /// Opens the file, or makes it where it is missing or damaged; throws SQLite's error when that is impossible.
    static func open(
        path: String, log: DatabasePool, limits: SQLiteLimits, logger: Logger
    ) throws -> SQLiteSearchIndex {
        do {
            return try SQLiteSearchIndex(path: path, log: log, limits: limits, logger: logger)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            logger.warning("search index is damaged and is made anew")
            for file in [path, path + "-wal", path + "-shm"] { unlink(file) }
            return try SQLiteSearchIndex(path: path, log: log, limits: limits, logger: logger)
        }
    }

    private init(path: String, log: DatabasePool, limits: SQLiteLimits, logger: Logger) throws {
        self.log = log
        self.limits = limits
        self.logger = logger
        var configuration = Configuration()
        configuration.maximumReaderCount = limits.searchers
        configuration.busyMode = .timeout(Double(limits.busyTimeout.milliseconds) / 1000)
        configuration.label = "hub.search"
        let logPath = log.path
        configuration.prepareDatabase { database in
            // A writer that knew the log would lock it whenever it begins.
            guard database.configuration.readonly else { return }
            try database.execute(sql: "ATTACH DATABASE ? AS log", arguments: [logPath])
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try Self.makeTablesIfNeeded(SQLiteSession(database, Self.nothingSealed))
                return .commit
            }
        }
    }

    /// Where the index of a database is: `hub-search.sqlite` beside `hub.sqlite`.
    static func path(for database: String) -> String {
        let folder = database.lastIndex(of: "/").map { database.index(after: $0) } ?? database.startIndex
        let dot = database[folder...].lastIndex(of: ".") ?? database.endIndex
        return database[..<dot] + "-search" + database[dot...]
    }

    /// The log has grown, or may have before this process: indexes it after `SQLiteLimits.indexDelay`.
    func noteCommit() {
        let isFirst = state.withLock { state in
            defer { state.isAwake = true }
            return !state.isAwake && !state.isClosed
        }
        guard isFirst else { return }
        let delay = DispatchTimeInterval.milliseconds(Int(clamping: limits.indexDelay.milliseconds))
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + delay) { [weak self] in
            self?.state.withLock { $0.isAwake = false }
            self?.indexInBackground()
        }
    }

    /// Runs `body` on the index and the log, which has been indexed as far as it was when this was called.
    ///
    /// `answer` is called once, from any thread: with `busy` when indexing takes longer than a search may wait.
    func search<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value,
        _ answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let isOpen = whileOpen {
            pool.asyncWriteWithoutTransaction { [self] writer in
                let deadline = ContinuousClock.now + limits.searchPatience
                do {
                    while try indexPage(writer) {
                        guard ContinuousClock.now < deadline else { throw HubError.indexing }
                    }
                } catch {
                    return answer(.failure(error))
                }
                let isOpen = whileOpen {
                    pool.asyncRead { reader in
                        answer(Result { try body(SQLiteSession(reader.get(), Self.nothingSealed)) })
                    }
                }
                if !isOpen { answer(.failure(HubError.unavailable())) }
            }
        }
        if !isOpen { answer(.failure(HubError.unavailable())) }
    }

    /// Returns when what is under way has ended.
    func close() throws {
        state.withLock { $0.isClosed = true }
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try pool.close()
    }

    /// Only puts something into a queue of the pool; false when the pool is closed.
    private func whileOpen(_ enqueue: () -> Void) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            enqueue()
            return true
        }
    }

    /// One page, and then the next one behind the searches that wait.
    private func indexInBackground() {
        _ = whileOpen {
            pool.asyncWriteWithoutTransaction { [self] writer in
                do {
                    if try indexPage(writer) { indexInBackground() }
                } catch {
                    // The next commit and the next search try again.
                    let code = SQLiteFailure.code(of: error)
                    logger.warning("search index fell behind", metadata: [StorageLog.code: "\(code)"])
                }
            }
        }
    }
}

// MARK: - Indexing

extension SQLiteSearchIndex {
    /// What is sealed is not searched, and so not opened here.
    private static let nothingSealed = TextCloak()

    /// Indexes the events that follow in the log; returns whether there may be more.
    ///
    /// The lock is the index's own, so of several processes one does it, and nobody's commit waits.
    private func indexPage(_ database: Database) throws -> Bool {
        var mayBeMore = false
        try database.inTransaction(.immediate) {
            mayBeMore = try indexPage(SQLiteSession(database, Self.nothingSealed))
            return .commit
        }
        return mayBeMore
    }

    private func indexPage(_ index: SQLiteSession) throws -> Bool {
        let progress = try index.execute(SQLiteSearchTables.readProgress).first?.values
        let page: [SQLRow]? = try log.read { [limits] database in
            let log = SQLiteSession(database, Self.nothingSealed)
            var place = SQLValue.integer(0)
            if let progress {
                guard let row = try log.execute(SQLiteSearchTables.place, progress).first else { return nil }
                place = row.values[0]
            }
            return try log.execute(SQLiteSearchTables.next, [place, .count(limits.indexPage)])
        }
        guard let page else {
            logger.notice("search index does not belong to the log as it is and is made anew")
            try Self.makeTables(index)
            return true
        }
        guard let last = page.last else { return false }
        _ = try index.execute(SQLiteSearchTables.insertTexts.over(page.compactMap(Self.text)))
        _ = try index.execute(SQLiteSearchTables.setProgress, Array(last.values.prefix(5)))
        return page.count == limits.indexPage
    }

    /// Nil when there is no text. A row that this version cannot read has none: it must not keep others from being
    /// found.
    private static func text(of row: SQLRow) -> [SQLValue]? {
        try? readText(row)
    }

    private static func readText(_ row: SQLRow) throws(HubError) -> [SQLValue]? {
        var reader = row.reader
        let room = try reader.text()
        let seq = try reader.seq()
        _ = try reader.text()
        _ = try reader.moment()
        _ = try reader.text()
        let kind = try reader.text(EventContent.Kind.init(rawValue:))
        let target = try reader.optionalSeq()
        guard let json = try reader.optionalJSON(),
            let content = EventContent(kind: kind, json: json, target: target, replyTo: nil)
        else { return nil }
        return SearchRow.values(room: .text(room), seq: seq, content: content)
    }

    private static func makeTablesIfNeeded(_ index: SQLiteSession) throws {
        let version = try index.execute(SQLiteSearchTables.readVersion).first?.values.first
        if version != .integer(SQLiteSearchTables.version) { try makeTables(index) }
    }

    private static func makeTables(_ index: SQLiteSession) throws {
        _ = try index.batch(SQLiteSearchTables.make.map { SQLStatement($0, isOnce: true) })
    }
}

extension HubError {
    static let indexing = HubError.busy(
        "The messages are being indexed for search. Ask again in a while.",
        retryAfter: .seconds(5)
    )
}
