extension Schema {
    /// Systems of the shop that are told what happens, what they are told, and how far the hub has looked.
    static let hooks = Migration("hooks") { dialect in
        endpoints(dialect) + deliveries(dialect) + cursor(dialect)
    }

    private static func endpoints(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE hook_endpoints (
                id \(dialect.key) PRIMARY KEY,
                version BIGINT NOT NULL,
                url TEXT NOT NULL,
                description TEXT,
                types TEXT NOT NULL,
                -- Why it is told nothing; null while it is on.
                off_because \(dialect.key),
                since_ms BIGINT NOT NULL,
                failing_ms BIGINT,
                old_secret_ms BIGINT,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE hook_secrets (
                id \(dialect.key) PRIMARY KEY,
                endpoint_id \(dialect.key) NOT NULL REFERENCES hook_endpoints (id),
                sealed TEXT NOT NULL,
                -- Until when it signs; null for the present one.
                until_ms BIGINT
            )
            """,
            "CREATE INDEX hook_secrets_endpoint ON hook_secrets (endpoint_id, id)",
        ]
    }

    private static func deliveries(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE hook_events (
                id \(dialect.key) PRIMARY KEY,
                type \(dialect.key) NOT NULL,
                stream \(dialect.key) NOT NULL,
                sequence BIGINT NOT NULL,
                subject \(dialect.key) NOT NULL,
                body TEXT NOT NULL,
                UNIQUE (stream, sequence, type)
            )
            """,
            "CREATE INDEX hook_events_subject ON hook_events (subject)",
            // Without a reference to the endpoint: one that is removed leaves its deliveries to be tidied up.
            """
            CREATE TABLE hook_deliveries (
                id \(dialect.key) PRIMARY KEY,
                endpoint_id \(dialect.key) NOT NULL,
                event_id \(dialect.key) NOT NULL REFERENCES hook_events (id),
                -- The newest of the outbox for it.
                entry_id \(dialect.key) NOT NULL,
                replays BIGINT NOT NULL,
                created_ms BIGINT NOT NULL,
                UNIQUE (event_id, endpoint_id)
            )
            """,
            "CREATE INDEX hook_deliveries_created ON hook_deliveries (created_ms, id)",
            "CREATE INDEX hook_deliveries_endpoint ON hook_deliveries (endpoint_id, created_ms, id)",
            """
            CREATE TABLE hook_attempts (
                delivery_id \(dialect.key) NOT NULL REFERENCES hook_deliveries (id),
                number BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                took_ms BIGINT NOT NULL,
                status BIGINT,
                reason \(dialect.key),
                PRIMARY KEY (delivery_id, number)
            )
            """,
            "CREATE INDEX outbox_hooks ON outbox (number_id, due_ms, id) WHERE channel = 'hook' AND state = 'queued'",
            "CREATE INDEX outbox_hook_deliveries ON outbox (recipient) WHERE channel = 'hook'",
        ]
    }

    private static func cursor(_ dialect: SQLDialect) -> [String] {
        [
            // How far the log of a conversation was told.
            "CREATE TABLE hook_places (room_id \(dialect.key) PRIMARY KEY REFERENCES rooms (id), seq BIGINT NOT NULL)",
            // One row, which whoever plans, erases or changes endpoints locks first.
            "CREATE TABLE hook_cursor (id BIGINT PRIMARY KEY, audit_seq BIGINT NOT NULL, rooms_ms BIGINT NOT NULL)",
            "INSERT INTO hook_cursor (id, audit_seq, rooms_ms) VALUES (1, 0, 0)",
        ]
    }
}
