extension Schema {
    /// Answers of the assistant that are being written, and who writes them.
    static let assistant = Migration("assistant") { dialect in
        [
            """
            CREATE TABLE assistant_runs (
                -- Rooms stay, and a reference would lock their rows out of order.
                room_id \(dialect.key) PRIMARY KEY,
                question BIGINT NOT NULL,
                epoch BIGINT NOT NULL,
                hub \(dialect.key) NOT NULL,
                lease_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX assistant_runs_lease ON assistant_runs (lease_ms)",
            """
            CREATE INDEX rooms_assistant ON rooms (waiting_ms, id)
            WHERE assignee_kind = 'assistant' AND waiting_ms IS NOT NULL
            """,
        ]
    }
}
