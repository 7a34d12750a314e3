extension Schema {
    /// The audit log and the answers to repeated requests.
    static let audit = Migration("audit") { dialect in
        [
            """
            CREATE TABLE audit_logs (
                seq BIGINT PRIMARY KEY,
                at_ms BIGINT NOT NULL,
                actor_kind \(dialect.key) NOT NULL,
                actor_id \(dialect.key) NOT NULL,
                actor_name TEXT NOT NULL,
                address TEXT,
                request_id TEXT,
                action \(dialect.key) NOT NULL,
                subject_kind \(dialect.key) NOT NULL,
                subject_id \(dialect.key) NOT NULL,
                before_json TEXT,
                after_json TEXT,
                hash \(dialect.key) NOT NULL
            )
            """,
            "CREATE INDEX audit_logs_at ON audit_logs (at_ms, seq)",
            "CREATE INDEX audit_logs_subject ON audit_logs (subject_kind, subject_id, seq)",
            "CREATE INDEX audit_logs_actor ON audit_logs (actor_id, seq)",
            "CREATE INDEX audit_logs_action ON audit_logs (action, seq)",
            // One row: the end of the chain, which every writer locks.
            "CREATE TABLE audit_head (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, hash \(dialect.key) NOT NULL)",
            "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '\(AuditTrail.origin)')",
            """
            CREATE TABLE idempotency_keys (
                owner \(dialect.key) NOT NULL,
                key \(dialect.key) NOT NULL,
                fingerprint \(dialect.key) NOT NULL,
                status BIGINT NOT NULL,
                location TEXT,
                body TEXT NOT NULL,
                created_ms BIGINT NOT NULL,
                PRIMARY KEY (owner, key)
            )
            """,
            "CREATE INDEX idempotency_keys_created ON idempotency_keys (created_ms)",
        ]
    }
}
