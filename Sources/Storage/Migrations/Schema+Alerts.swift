extension Schema {
    /// Incidents that people are told of, checks by the clock, and what both measure.
    static let alerts = Migration("alerts") { dialect in
        [
            """
            CREATE TABLE alert_incidents (
                id \(dialect.key) PRIMARY KEY,
                version BIGINT NOT NULL,
                rule \(dialect.key) NOT NULL,
                subject \(dialect.key) NOT NULL,
                state \(dialect.key) NOT NULL,
                message_ar TEXT NOT NULL,
                message_en TEXT NOT NULL,
                started_ms BIGINT NOT NULL,
                fired_ms BIGINT,
                calm_ms BIGINT,
                recovered_ms BIGINT,
                seen_ms BIGINT NOT NULL,
                told_ms BIGINT,
                recovery_told_ms BIGINT,
                untold SMALLINT NOT NULL
            )
            """,
            // Of each rule and subject one is open, whichever hub saw it first.
            "CREATE UNIQUE INDEX alert_incidents_open ON alert_incidents (rule, subject) WHERE state <> 'recovered'",
            "CREATE INDEX alert_incidents_untold ON alert_incidents (started_ms, id) WHERE untold = 1",
            "CREATE INDEX alert_incidents_started ON alert_incidents (started_ms, id)",
            """
            CREATE TABLE scheduled_checks (
                name \(dialect.key) PRIMARY KEY,
                due_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX outbox_created ON outbox (created_ms)",
            "CREATE INDEX webhook_events_provider ON webhook_events (provider, received_ms)",
        ]
    }
}
