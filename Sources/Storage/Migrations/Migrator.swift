import Domain
import Logging

/// Brings a database's schema up to this version of the hub; never back.
package struct Migrator: Sendable {
    /// Key of the advisory lock under which PostgreSQL is migrated: "hub" and a number of its own.
    static let lockKey: Int64 = 0x6875_6200_0001

    private let database: any SQLDatabase
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    init(_ database: any SQLDatabase, _ logger: Logger, _ now: @escaping @Sendable () -> Timestamp) {
        self.database = database
        self.logger = logger
        self.now = now
    }

    /// Every known migration and any unknown one that the database has, by version.
    package func status() async throws -> [MigrationStatus] {
        let applied = try await database.snapshot { session in try Self.applied(session) }
        let known = Schema.migrations.map { migration in
            let record = applied.first { $0.version == migration.version }
            return MigrationStatus(
                version: migration.version,
                name: migration.name,
                appliedAt: record?.at,
                isUnknown: false
            )
        }
        let unknown = applied.filter { $0.version > Schema.version }.map { record in
            MigrationStatus(version: record.version, name: record.name, appliedAt: record.at, isUnknown: true)
        }
        return known + unknown
    }

    /// Throws `internal` when the schema is older or newer than this hub, or was made by other statements.
    package func check() async throws {
        let dialect = database.dialect
        let missing = try await database.snapshot { session in
            try Self.missing(Self.applied(session), dialect)
        }
        guard missing.isEmpty else {
            throw HubError(.internal, "The database lacks \(missing.count) migration(s). Run: hub migrate up")
        }
    }

    /// Applies what is missing in one transaction and says what that was.
    ///
    /// Hubs that do this at the same time wait for one another; the later ones find nothing to do. Throws
    /// `internal` when the schema is newer than this hub or the database is not encoded in UTF-8.
    package func up() async throws -> [MigrationStatus] {
        let moment = now()
        let done = try await database.run(.migration) { session in
            try Self.checkEncoding(session)
            _ = try session.batch(Self.lock(session.dialect) + [Self.makeTable])
            let missing = try Self.missing(Self.records(session), session.dialect)
            for migration in missing {
                let text = migration.statements(for: session.dialect)
                _ = try session.batch(text.map { SQLStatement(SQLText($0), isOnce: true) })
                _ = try session.execute(Self.record(migration, session.dialect, moment))
            }
            return missing
        }
        for migration in done {
            logger.notice("schema migrated", metadata: [StorageLog.version: "\(migration.version)"])
        }
        return done.map {
            MigrationStatus(version: $0.version, name: $0.name, appliedAt: moment, isUnknown: false)
        }
    }

    // MARK: Statements

    private struct Applied {
        let version: Int64
        let name: String
        let at: Timestamp
        let checksum: String
    }

    /// SQLite's write transaction is the lock itself.
    private static func lock(_ dialect: SQLDialect) -> [SQLStatement] {
        switch dialect {
        case .sqlite: []
        case .postgres: [SQLStatement(SQLText("SELECT pg_advisory_xact_lock(\(lockKey))"))]
        }
    }

    /// SQLite's file is always UTF-8.
    private static func checkEncoding(_ session: any SQLSession) throws {
        switch session.dialect {
        case .sqlite: return
        case .postgres:
            let found = try session.execute("SELECT 1 WHERE current_setting('server_encoding') = 'UTF8'")
            guard found.isEmpty else { return }
            throw HubError(
                .internal, "The database must be encoded in UTF8. Make it with: createdb -E UTF8 -T template0")
        }
    }

    private static let makeTable = SQLStatement(SQLText(Schema.migrationsTable), isOnce: true)

    private static let findTable = SQLText(
        sqlite: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
        postgres: "SELECT 1 WHERE to_regclass('schema_migrations') IS NOT NULL"
    )

    private static func applied(_ session: any SQLSession) throws -> [Applied] {
        try session.execute(findTable).isEmpty ? [] : records(session)
    }

    private static func records(_ session: any SQLSession) throws -> [Applied] {
        let rows = try session.execute(
            "SELECT version, name, applied_ms, checksum FROM schema_migrations ORDER BY version"
        )
        return try rows.map { row in
            var reader = row.reader
            return try Applied(
                version: reader.integer(),
                name: reader.text(),
                at: reader.moment(),
                checksum: reader.text()
            )
        }
    }

    private static func missing(_ applied: [Applied], _ dialect: SQLDialect) throws(HubError) -> [Migration] {
        if let newest = applied.last, newest.version > Schema.version {
            throw HubError(
                .internal,
                """
                The database is at schema version \(newest.version), this hub knows up to \(Schema.version). \
                Start the newer hub.
                """
            )
        }
        var missing: [Migration] = []
        for migration in Schema.migrations {
            guard let record = applied.first(where: { $0.version == migration.version }) else {
                missing.append(migration)
                continue
            }
            guard record.checksum == migration.checksum(for: dialect) else {
                throw HubError(
                    .internal,
                    "Migration \(migration.version) of the database was made by other statements than this hub's."
                )
            }
        }
        return missing
    }

    private static func record(_ migration: Migration, _ dialect: SQLDialect, _ moment: Timestamp) -> SQLStatement {
        SQLStatement(
            "INSERT INTO schema_migrations (version, name, applied_ms, checksum) VALUES ($1, $2, $3, $4)",
            [
                .integer(migration.version), .text(migration.name), .moment(moment),
                .text(migration.checksum(for: dialect)),
            ]
        )
    }
}

extension Migrator {
    /// The whole schema as plain SQL.
    package static func sql(for dialect: SQLDialect) -> String { MigrationScript.text(for: dialect) }

    /// The whole schema as plain SQL for the database at hand.
    package func sql() -> String { Self.sql(for: database.dialect) }
}
