/// The schema: every migration, in order, in one place.
enum Schema {
    static let migrations = Migration.numbered([
        initial, audit, catalog, searchBehindTheCommit, appendOnly, crm, codes, progress, people, endedLogins,
        enrolments, erasure, whatsApp, outbox, serviceWindow, cannedReplies, withdrawal, labels, teamHours, cases,
        routing, resolutions, assistant, whatsAppNumbers, followUps, usage, orders, knowledge, integrations,
        outlets, zid, alerts, hooks, zidUpkeep, mentions,
    ])

    static var version: Int64 { Int64(migrations.count) }

    static let migrationsTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            applied_ms BIGINT NOT NULL,
            checksum TEXT NOT NULL
        )
        """
}
