/// The schema as plain SQL, for people who run it themselves (`psql -f`, `sqlite3`).
///
/// The script records what it did, so that a later `migrate up` finds nothing to do. On PostgreSQL it may be run
/// again and then does nothing; on SQLite, which has no conditions, it is for an empty file.
enum MigrationScript {
    static func text(for dialect: SQLDialect) -> String {
        let header = "-- TwoCards Hub: schema version \(Schema.version) for \(dialect.title)\n"
        return switch dialect {
        case .sqlite: header + sqlite
        case .postgres: header + postgres
        }
    }

    private static var sqlite: String {
        let migrations = Schema.migrations.map { migration in
            let statements = migration.statements(for: .sqlite) + [record(migration, .sqlite)]
            return "\n-- \(migration.version): \(migration.name)\n" + statements.map { $0 + ";\n" }.joined()
        }
        return "PRAGMA journal_mode = WAL;\nBEGIN IMMEDIATE;\n\(Schema.migrationsTable);\n"
            + migrations.joined() + "\nCOMMIT;\n"
    }

    private static var postgres: String {
        let migrations = Schema.migrations.map { migration in
            let statements = migration.statements(for: .postgres) + [record(migration, .postgres)]
            return """

                -- \(migration.version): \(migration.name)
                DO $migration$ BEGIN
                IF EXISTS (SELECT FROM schema_migrations WHERE version = \(migration.version)) THEN RETURN; END IF;
                \(statements.map { $0 + ";\n" }.joined())END $migration$;

                """
        }
        return "BEGIN;\nSELECT pg_advisory_xact_lock(\(Migrator.lockKey));\n\(Schema.migrationsTable);\n"
            + migrations.joined() + "\nCOMMIT;\n"
    }

    private static func record(_ migration: Migration, _ dialect: SQLDialect) -> String {
        """
        INSERT INTO schema_migrations (version, name, applied_ms, checksum)
        VALUES (\(migration.version), '\(migration.name)', \(dialect.now), '\(migration.checksum(for: dialect))')
        """
    }
}

extension SQLDialect {
    fileprivate var title: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgres: "PostgreSQL"
        }
    }
}
