import Storage

extension StorageConfiguration {
    init(_ configuration: HubConfiguration) {
        let limits = configuration.limits
        switch configuration.database {
        case .sqlite(let path):
            var share = SQLiteLimits()
            share.readers = limits.sqliteReaders
            share.busyTimeout = limits.sqliteBusyTimeout
            share.searchers = limits.sqliteSearchers
            share.indexDelay = limits.indexDelay
            share.searchPatience = limits.sqliteSearchPatience
            self = .sqlite(path: path, share)
        case .postgres(let url):
            var share = PostgresLimits()
            share.readers = limits.postgresReaders
            share.writers = limits.postgresWriters
            share.statementTimeout = limits.statementTimeout
            share.connectTimeout = limits.connectTimeout
            share.leaseTimeout = limits.leaseTimeout
            share.maxWaiting = limits.maxWaitingForDatabase
            share.indexDelay = limits.indexDelay
            self = .postgres(url: url.reveal(), share)
        }
    }
}

extension HubConfiguration.Database {
    /// For people: names the database and no secret.
    var title: String {
        switch self {
        case .sqlite(let path): "SQLite at \(path)"
        case .postgres: "PostgreSQL"
        }
    }
}
