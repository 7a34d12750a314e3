import CPostgres
import Domain
import Glibc

/// One libpq connection in non-blocking pipeline mode.
///
/// Not `Sendable`: it belongs to the actor, and so to the thread, of its `PostgresConnection`. Calls wait with
/// `poll` and a deadline, so that neither a slow server nor a dead network holds the thread for ever; after a
/// `lost` or `late` failure the link is unusable.
final class PostgresLink {
    /// Statements kept prepared on a connection; those beyond are parsed each time.
    private static let maxPrepared = 256
    /// What the network may add to the time-out that the server keeps.
    private static let networkGrace = Duration.seconds(1)

    private let connection: OpaquePointer
    /// Names of prepared statements by their text.
    private var prepared: [String: String] = [:]
    private var isBroken = false

    /// Opens a connection and sets up its session.
    init(_ address: PostgresAddress, _ limits: PostgresLimits) throws(PostgresFailure) {
        let parameters = address.parameters(limits)
        let started = withCStrings(parameters.map(\.keyword) + [nil]) { keywords in
            withCStrings(parameters.map(\.value) + [nil]) { values in
                PQconnectStartParams(keywords, values, 1)
            }
        }
        guard let started else { throw PostgresFailure(.lost) }
        connection = started
        PQsetNoticeProcessor(started, { _, _ in }, nil)
        let deadline = ContinuousClock.now + limits.connectTimeout
        try connect(deadline)
        guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
            throw PostgresFailure(.lost)
        }
        try setUp(limits)
    }

    deinit {
        PQfinish(connection)
    }

    var isUsable: Bool { !isBroken && PQstatus(connection) == CONNECTION_OK }

    /// Whether a transaction is open, be it healthy or failed.
    var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

    /// Throws `stale` when the server hung up since the last use.
    func checkAlive() throws(PostgresFailure) {
        // An idle server sends notices, changed settings, or its good-bye, after which there is always more to
        // read: the end of the stream.
        while isUsable, poll(for: Int16(POLLIN), until: .now) != 0 {
            isBroken = PQconsumeInput(connection) == 0
        }
        guard isUsable else { throw PostgresFailure(.stale) }
    }

    /// Runs statements in one round trip; the first failure skips those after it.
    func run(_ statements: [SQLStatement], timeout: Duration) throws -> [[SQLRow]] {
        var texts: [[String?]] = []
        for statement in statements { texts.append(try PostgresParameters.texts(of: statement.arguments)) }
        let deadline = ContinuousClock.now + timeout + Self.networkGrace
        var newNames: [String: String] = [:]
        var steps: [Step] = []
        for (statement, texts) in zip(statements, texts) {
            try send(statement.text.postgres, texts, isOnce: statement.isOnce, &newNames, &steps)
        }
        guard PQpipelineSync(connection) == 1 else { throw broken(.lost) }
        return try receive(steps, newNames, deadline)
    }

    // MARK: Sending

    /// A command under way, in the order of its results.
    private enum Step {
        case prepare(text: String)
        case query
    }

    private func send(
        _ text: String,
        _ values: [String?],
        isOnce: Bool,
        _ newNames: inout [String: String],
        _ steps: inout [Step]
    ) throws(PostgresFailure) {
        let count = Int32(values.count)
        let isSent: Bool
        if let name = prepared[text] ?? newNames[text] {
            isSent = withCStrings(values) { PQsendQueryPrepared(connection, name, count, $0, nil, nil, 0) == 1 }
        } else if isOnce || prepared.count + newNames.count >= Self.maxPrepared {
            isSent = withCStrings(values) { PQsendQueryParams(connection, text, count, nil, $0, nil, nil, 0) == 1 }
        } else {
            let name = "hub_\(prepared.count + newNames.count)"
            newNames[text] = name
            steps.append(.prepare(text: text))
            isSent =
                PQsendPrepare(connection, name, text, 0, nil) == 1
                && withCStrings(values) { PQsendQueryPrepared(connection, name, count, $0, nil, nil, 0) == 1 }
        }
        guard isSent else { throw broken(.lost) }
        steps.append(.query)
    }

    // MARK: Receiving

    private func receive(
        _ steps: [Step],
        _ newNames: [String: String],
        _ deadline: ContinuousClock.Instant
    ) throws -> [[SQLRow]] {
        var results: [[SQLRow]] = []
        var failure: (any Error)?
        for step in steps {
            var rows: [SQLRow] = []
            while let result = try nextResult(deadline) {
                switch result.status {
                case PGRES_TUPLES_OK:
                    do throws(HubError) { rows = try result.rows() } catch { failure = failure ?? error }
                case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                    if case .prepare(let text) = step { prepared[text] = newNames[text] }
                case PGRES_PIPELINE_ABORTED:
                    break
                default:
                    let refusal = result.failure
                    if refusal.kind == .lost { throw broken(.lost) }
                    if refusal.kind == .stale { isBroken = true }
                    failure = failure ?? refusal
                }
            }
            if case .query = step { results.append(rows) }
        }
        guard let sync = try nextResult(deadline), sync.status == PGRES_PIPELINE_SYNC else { throw broken(.lost) }
        if let failure { throw failure }
        return results
    }

    /// The next result, or nil at the end of a command's results.
    private func nextResult(_ deadline: ContinuousClock.Instant) throws(PostgresFailure) -> PostgresResult? {
        while true {
            let flushed = PQflush(connection)
            guard flushed >= 0 else { throw broken(.lost) }
            guard PQisBusy(connection) == 1 else { break }
            let wanted = flushed == 1 ? POLLIN | POLLOUT : POLLIN
            let ready = poll(for: Int16(wanted), until: deadline)
            guard ready != 0 else { throw broken(.late) }
            if ready & Int16(POLLIN | POLLERR | POLLHUP) != 0, PQconsumeInput(connection) == 0 {
                // What the server said before it hung up is still in the buffer, so look at it first.
                guard PQisBusy(connection) == 0 else { throw broken(.lost) }
            }
        }
        let result = PostgresResult(PQgetResult(connection))
        if result == nil, PQstatus(connection) != CONNECTION_OK { throw broken(.lost) }
        return result
    }

    private func broken(_ kind: PostgresFailure.Kind) -> PostgresFailure {
        isBroken = true
        return PostgresFailure(kind)
    }

    // MARK: Opening

    private func connect(_ deadline: ContinuousClock.Instant) throws(PostgresFailure) {
        var next = PGRES_POLLING_WRITING
        while true {
            guard PQstatus(connection) != CONNECTION_BAD else { throw PostgresFailure(.lost) }
            let wanted = next == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard poll(for: Int16(wanted), until: deadline) != 0 else { throw PostgresFailure(.late) }
            next = PQconnectPoll(connection)
            switch next {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING, PGRES_POLLING_WRITING: continue
            default: throw PostgresFailure(.lost)
            }
        }
    }

    private func setUp(_ limits: PostgresLimits) throws(PostgresFailure) {
        let timeout = limits.statementTimeout
        var statements = [
            // The second lets go of the locks of a hub that vanished in the middle of a transaction.
            SQLStatement(
                """
                SELECT set_config('statement_timeout', $1, false),
                    set_config('idle_in_transaction_session_timeout', $1, false)
                """,
                [.text(String(timeout.milliseconds))],
                isOnce: true
            ),
            // A commit that is answered must be on disk, whatever the database's default is.
            SQLStatement(
                """
                SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local')
                """,
                isOnce: true
            ),
            // Every statement of the hub has its index. A plan made while a table was small, and kept, would
            // otherwise read the whole table when it has grown. Forced costs would call for the compiler in vain.
            SQLStatement(
                """
                SELECT set_config(name, 'off', false) FROM (
                    VALUES ('enable_seqscan'), ('enable_hashjoin'), ('enable_mergejoin'), ('jit')
                ) AS planner (name)
                """,
                isOnce: true
            ),
        ]
        if limits.keepsPlans { statements.append(Self.keepPlans) }
        do {
            _ = try run(statements, timeout: timeout)
        } catch {
            throw error as? PostgresFailure ?? PostgresFailure(.refused)
        }
    }

    private static let keepPlans = SQLStatement(
        "SELECT set_config('plan_cache_mode', 'force_generic_plan', false)",
        isOnce: true
    )

    // MARK: Waiting

    /// The events that came; 0 when the deadline passed first.
    private func poll(for events: Int16, until deadline: ContinuousClock.Instant) -> Int16 {
        var descriptor = pollfd(fd: PQsocket(connection), events: events, revents: 0)
        guard descriptor.fd >= 0 else { return Int16(POLLERR) }
        while true {
            let left = (deadline - .now).milliseconds
            switch Glibc.poll(&descriptor, 1, Int32(clamping: max(0, left))) {
            case 0: return 0
            case 1...: return descriptor.revents
            default: guard errno == EINTR else { return Int16(POLLERR) }
            }
        }
    }
}
