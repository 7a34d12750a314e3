extension Schema {
    /// What leaves without a room, SMS, and what the address of a webhook said.
    static let outlets = Migration("outlets") { dialect in
        roomless(dialect)
            + [
                "ALTER TABLE webhook_events ADD COLUMN about \(dialect.key)",
                // Who a message is from or for is found by the phone, so that merging contacts touches none of it.
                """
                CREATE TABLE sms_messages (
                    id \(dialect.key) PRIMARY KEY,
                    created_ms BIGINT NOT NULL,
                    direction \(dialect.key) NOT NULL,
                    phone \(dialect.key) NOT NULL,
                    body TEXT NOT NULL,
                    -- Of one that leaves.
                    entry_id \(dialect.key) UNIQUE,
                    author_id \(dialect.key),
                    -- Of one that came.
                    provider_id \(dialect.key) UNIQUE,
                    conversation \(dialect.key) REFERENCES rooms (id)
                )
                """,
                "CREATE INDEX outbox_named ON outbox (lane, created_ms) WHERE provider_id IS NOT NULL",
                "CREATE INDEX sms_messages_created ON sms_messages (created_ms, id)",
                "CREATE INDEX sms_messages_phone ON sms_messages (phone, created_ms, id)",
            ]
    }

    /// Not everything that is owed is shown by a room.
    private static func roomless(_ dialect: SQLDialect) -> [String] {
        switch dialect {
        case .postgres: ["ALTER TABLE outbox ALTER COLUMN room_id DROP NOT NULL"]
        case .sqlite: sqliteRoomless
        }
    }

    /// SQLite drops no NOT NULL: the table is made anew (its documentation, "Making Other Kinds Of Table Schema
    /// Changes").
    private static let sqliteRoomless: [String] = {
        let columns = """
            id, version, lane, channel, number_id, recipient, room_id, seq, part, target, payload, state, created_ms, \
            due_ms, takes, attempts, pair_refusals, provider_id, reached, problem, untold, withdrawn
            """
        return [
            """
            CREATE TABLE outbox_new (
                id TEXT PRIMARY KEY,
                version BIGINT NOT NULL,
                lane TEXT NOT NULL,
                channel TEXT NOT NULL,
                number_id TEXT NOT NULL,
                recipient TEXT NOT NULL,
                room_id TEXT REFERENCES rooms (id),
                seq BIGINT NOT NULL,
                part BIGINT NOT NULL,
                target BIGINT,
                payload TEXT NOT NULL,
                state TEXT NOT NULL,
                created_ms BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                takes BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                pair_refusals BIGINT NOT NULL,
                provider_id TEXT,
                reached TEXT,
                problem TEXT,
                untold SMALLINT NOT NULL,
                withdrawn SMALLINT NOT NULL DEFAULT 0,
                UNIQUE (room_id, seq, part)
            )
            """,
            "INSERT INTO outbox_new (\(columns)) SELECT \(columns) FROM outbox",
            "DROP TABLE outbox",
            "ALTER TABLE outbox_new RENAME TO outbox",
            "CREATE INDEX outbox_queued ON outbox (due_ms, id) WHERE state = 'queued'",
            "CREATE INDEX outbox_ageing ON outbox (created_ms) WHERE state = 'queued'",
            "CREATE INDEX outbox_lanes ON outbox (lane, seq, part) WHERE state IN ('queued', 'sending')",
            "CREATE INDEX outbox_ending ON outbox (due_ms) WHERE state IN ('sending', 'unsure')",
            "CREATE INDEX outbox_provider ON outbox (provider_id) WHERE provider_id IS NOT NULL",
            "CREATE INDEX outbox_untold ON outbox (created_ms, room_id, seq) WHERE untold = 1",
            "CREATE INDEX outbox_state ON outbox (state) WHERE state <> 'accepted' AND state <> 'cancelled'",
        ]
    }()
}
