/// Which database the hub stores its data in.
package enum StorageConfiguration: Sendable {
    /// A file; its directory must exist.
    case sqlite(path: String, SQLiteLimits = SQLiteLimits())
    /// `postgres://user:password@host:port/database?parameters`, as libpq reads it; unix sockets by `?host=/path`.
    case postgres(url: String, PostgresLimits = PostgresLimits())
}

extension StorageConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// Names the database and no secret.
    package var description: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgres: "PostgreSQL"
        }
    }

    package var debugDescription: String { description }
}
