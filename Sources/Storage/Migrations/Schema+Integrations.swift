extension Schema {
    /// Outside services: how they are connected, their secrets, and what tests found.
    static let integrations = Migration("integrations") { dialect in
        [
            """
            CREATE TABLE integration_configs (
                id \(dialect.key) PRIMARY KEY,
                type \(dialect.key) NOT NULL UNIQUE,
                enabled SMALLINT NOT NULL,
                field_values TEXT NOT NULL,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE integration_secrets (
                -- The configuration and the field.
                id \(dialect.key) PRIMARY KEY,
                config_id \(dialect.key) NOT NULL REFERENCES integration_configs (id),
                field \(dialect.key) NOT NULL,
                sealed TEXT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX integration_secrets_config ON integration_secrets (config_id)",
            """
            CREATE TABLE integration_test_logs (
                id \(dialect.key) PRIMARY KEY,
                type \(dialect.key) NOT NULL,
                config_id \(dialect.key),
                caused_by \(dialect.key) NOT NULL,
                outcome \(dialect.key) NOT NULL,
                message_ar TEXT NOT NULL,
                message_en TEXT NOT NULL,
                latency_ms BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                actor_kind \(dialect.key) NOT NULL,
                actor_id \(dialect.key) NOT NULL,
                actor_name TEXT NOT NULL
            )
            """,
            "CREATE INDEX integration_test_logs_type ON integration_test_logs (type, at_ms, id)",
        ]
    }
}
