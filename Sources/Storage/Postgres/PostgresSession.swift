import Domain

/// An access to PostgreSQL: its transaction begins with the first batch and ends with the last.
///
///     write:    [BEGIN, a, b] → [c, d] → [e, COMMIT]
///     read:     [a, b] → [c]
///
/// Each bracket is a round trip. Not `Sendable`: it lives inside one call on its connection's thread.
final class PostgresSession: SQLSession {
    private enum State {
        /// Nothing was sent. Can become: `open`, `finished`.
        case fresh
        /// Can become: `finished`.
        case open
        case finished
    }

    let dialect = SQLDialect.postgres
    let texts: TextCloak
    private let link: PostgresLink
    private let access: SQLAccess
    private let timeout: Duration
    private var state = State.fresh

    init(_ link: PostgresLink, _ access: SQLAccess, _ texts: TextCloak, _ limits: PostgresLimits) {
        self.texts = texts
        self.link = link
        self.access = access
        timeout = access.isMigration ? limits.migrationTimeout : limits.statementTimeout
    }

    func batch(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try run(statements, isLast: false)
    }

    func finish(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try run(statements, isLast: true)
    }

    /// Commits what the closure left open.
    func commit() throws {
        guard state == .open else { return }
        _ = try run([], isLast: true)
    }

    /// Takes back what is open; afterwards the link is clean or unusable.
    func rollback() {
        state = .finished
        guard link.isUsable, link.isInTransaction else { return }
        // A link that cannot even roll back marks itself unusable and is thrown away.
        _ = try? link.run([SQLStatement("ROLLBACK")], timeout: timeout)
    }

    private func run(_ statements: [SQLStatement], isLast: Bool) throws -> [[SQLRow]] {
        guard state != .finished else { throw HubError(.internal, "An access to the database was used after its end.") }
        var all = statements
        let prologue = state == .fresh ? access.prologue(timeout) : []
        all.insert(contentsOf: prologue, at: 0)
        if isLast, access.isTransaction { all.append(SQLStatement("COMMIT")) }
        state = isLast ? .finished : .open
        let results = try run(all, mayCommit: isLast && access.isTransaction)
        return Array(results[prologue.count..<(prologue.count + statements.count)])
    }
}

extension PostgresSession {
    /// Until a commit is sent nothing can have happened, so a connection that was lost before is merely stale.
    private func run(_ statements: [SQLStatement], mayCommit: Bool) throws -> [[SQLRow]] {
        do {
            return try link.run(statements, timeout: timeout)
        } catch let failure as PostgresFailure where failure.kind == .lost && !mayCommit {
            throw PostgresFailure(.stale, state: failure.state)
        }
    }
}

extension SQLAccess {
    fileprivate var isMigration: Bool {
        switch self {
        case .migration: true
        case .read, .lookup, .snapshot, .search, .write: false
        }
    }

    fileprivate var isTransaction: Bool {
        switch self {
        // A search is one statement, which sees one moment.
        case .read, .lookup, .search: false
        case .snapshot, .write, .migration: true
        }
    }

    fileprivate func prologue(_ timeout: Duration) -> [SQLStatement] {
        switch self {
        case .read, .lookup, .search: []
        case .snapshot: [SQLStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")]
        // Stated, because the database may have another default: every statement must see what was committed
        // while it waited for a row's lock.
        case .write: [SQLStatement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")]
        case .migration:
            [
                SQLStatement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
                SQLStatement(
                    "SELECT set_config('statement_timeout', $1, true)",
                    [.text(String(timeout.milliseconds))]
                ),
            ]
        }
    }
}
