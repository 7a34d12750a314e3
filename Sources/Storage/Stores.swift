package import Domain
package import Logging

/// Where the rest of the hub gets its stores.
package enum Stores {
    /// Opens a database, migrated or not: `migrator` brings the schema up or tells what is missing.
    ///
    /// SQLite's file is made when it is missing; throws `unavailable` when it cannot be opened. PostgreSQL is
    /// connected to when first used, so a database that is away throws from the calls and heals by itself; a URL
    /// that libpq cannot read throws `bad_request` here.
    package static func open(
        _ configuration: StorageConfiguration,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) async throws -> StoreSet {
        let database: any SQLDatabase =
            switch configuration {
            case .sqlite(let path, let limits):
                try SQLiteDatabase(path: path, limits: limits, logger: logger)
            case .postgres(let url, let limits):
                try PostgresDatabase(url: url, limits: limits, logger: logger)
            }
        return StoreSet(database, migrator: Migrator(database, logger, now), now: now)
    }
}
