import Domain
import Logging

/// Why an access to PostgreSQL failed. Holds no text of the server, which may quote values.
struct PostgresFailure: Error, Equatable {
    enum Kind: Sendable, Equatable {
        /// The connection ended before a commit was sent: nothing happened, another one may do the same at once.
        case stale
        /// The connection ended after a commit was sent: it may have happened or not.
        case lost
        /// No answer came in time; the connection was given up. It may have happened or not.
        case late
        /// Two transactions got into each other's way: nothing was written, the same may be run again.
        case conflict
        /// The server cannot do it now: nothing was written.
        case passing
        /// The server refuses the statement.
        case refused
    }

    let kind: Kind
    /// Five characters; see PostgreSQL's appendix "Error Codes".
    let state: String?
    let constraint: String?

    init(_ kind: Kind, state: String? = nil, constraint: String? = nil) {
        self.kind = kind
        self.state = state
        self.constraint = constraint
    }

    init(state: String, constraint: String?) {
        self.init(Self.kind(ofState: state), state: state, constraint: constraint)
    }

    private static func kind(ofState state: String) -> Kind {
        switch state {
        // serialization_failure, deadlock_detected
        case "40001", "40P01": .conflict
        // "cached plan must not change result type", invalid_sql_statement_name: prepared before a migration
        case "0A000", "26000": .stale
        // query_canceled (its time-out), lock_not_available
        case "57014", "55P03": .passing
        // read_only_sql_transaction: the server has become a standby
        case "25006": .lost
        default:
            switch state.prefix(2) {
            // connection exception; operator intervention (shutdown, crash)
            case "08", "57": .lost
            // insufficient resources: disk, memory, connections
            case "53": .passing
            default: .refused
            }
        }
    }

    func hubError(_ logger: Logger) -> HubError {
        var metadata: Logger.Metadata = [StorageLog.code: "\(state ?? "\(kind)")"]
        if let constraint { metadata[StorageLog.constraint] = "\(constraint)" }
        switch kind {
        case .stale, .lost, .late, .conflict, .passing:
            logger.warning("database is away or too slow", metadata: metadata)
            return .unavailable()
        case .refused:
            logger.error("database refused a statement", metadata: metadata)
            if state == "42P01" { return .notMigrated }
            return HubError(.internal, "The database refused a statement (SQLSTATE \(state ?? "unknown")).")
        }
    }
}
