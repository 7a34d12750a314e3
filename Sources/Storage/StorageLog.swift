import Domain

/// Keys of the metadata that this target logs.
enum StorageLog {
    /// SQLSTATE or SQLite's extended result code.
    static let code = "db.code"
    /// The constraint that a statement hurt.
    static let constraint = "db.constraint"
    static let attempt = "db.attempt"
    static let pool = "db.pool"
    static let version = "db.migration"
}

extension HubError {
    static let notMigrated = HubError(.internal, "The database has no tables of the hub yet. Run: hub migrate up")
}
