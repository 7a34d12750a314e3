extension Schema {
    /// What is owed to providers. Rows stay: they tell which of our messages a report is about.
    static let outbox = Migration("outbox") { dialect in
        [
            """
            CREATE TABLE outbox (
                id \(dialect.key) PRIMARY KEY,
                version BIGINT NOT NULL,
                lane \(dialect.key) NOT NULL,
                channel \(dialect.key) NOT NULL,
                number_id \(dialect.key) NOT NULL,
                recipient \(dialect.key) NOT NULL,
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                seq BIGINT NOT NULL,
                part BIGINT NOT NULL,
                target BIGINT,
                payload TEXT NOT NULL,
                state \(dialect.key) NOT NULL,
                created_ms BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                takes BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                pair_refusals BIGINT NOT NULL,
                provider_id \(dialect.key),
                reached \(dialect.key),
                problem TEXT,
                untold SMALLINT NOT NULL,
                UNIQUE (room_id, seq, part)
            )
            """,
            "CREATE INDEX outbox_queued ON outbox (due_ms, id) WHERE state = 'queued'",
            "CREATE INDEX outbox_ageing ON outbox (created_ms) WHERE state = 'queued'",
            "CREATE INDEX outbox_lanes ON outbox (lane, seq, part) WHERE state IN ('queued', 'sending')",
            "CREATE INDEX outbox_ending ON outbox (due_ms) WHERE state IN ('sending', 'unsure')",
            "CREATE INDEX outbox_provider ON outbox (provider_id) WHERE provider_id IS NOT NULL",
            "CREATE INDEX outbox_untold ON outbox (created_ms, room_id, seq) WHERE untold = 1",
            "CREATE INDEX outbox_state ON outbox (state) WHERE state <> 'accepted' AND state <> 'cancelled'",
        ]
    }
}
