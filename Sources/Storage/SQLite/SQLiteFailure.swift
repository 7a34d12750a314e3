import Domain
import GRDB
import Logging

/// What an error of SQLite means to the rest of the hub.
enum SQLiteFailure {
    static func hubError(for error: any Error, _ logger: Logger) -> HubError {
        if let error = error as? HubError { return error }
        let code = code(of: error)
        guard let error = error as? DatabaseError, !isPassing(error.resultCode) else {
            logger.warning("database is away", metadata: [StorageLog.code: "\(code)"])
            return .unavailable()
        }
        logger.error("database refused a statement", metadata: [StorageLog.code: "\(code)"])
        if error.message?.hasPrefix("no such table") == true { return .notMigrated }
        return HubError(.internal, "The database refused a statement (SQLite code \(code)). The log says more.")
    }

    /// SQLite's extended result code; its text may hold values and stays here.
    static func code(of error: any Error) -> Int32 {
        (error as? DatabaseError)?.extendedResultCode.rawValue ?? ResultCode.SQLITE_ERROR.rawValue
    }

    /// Whether the same may work later: somebody holds the lock, the disk is full or away.
    private static func isPassing(_ code: ResultCode) -> Bool {
        [
            .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY,
            .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL, .SQLITE_MISUSE,
        ].contains(code)
    }
}
