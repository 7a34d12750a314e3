extension Schema {
    /// Who was called by name in which message, so that it is found without reading logs.
    static let mentions = Migration("mentions") { dialect in
        [
            """
            CREATE TABLE mentions (
                user_id \(dialect.key) NOT NULL REFERENCES users (id),
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                seq BIGINT NOT NULL,
                -- The message itself, or the edit that mentioned them first.
                event_seq BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                PRIMARY KEY (user_id, room_id, seq)
            )
            """,
            "CREATE INDEX mentions_newest ON mentions (user_id, at_ms)",
            "CREATE INDEX mentions_message ON mentions (room_id, seq)",
            "CREATE INDEX mentions_since ON mentions (at_ms)",
        ]
    }
}
