extension Schema {
    /// What the hub keeps of each conversation's case, and ratings as a list of their own.
    static let cases = Migration("cases") { dialect in
        [
            """
            CREATE TABLE conversation_clocks (
                -- Rooms stay, and a reference would lock their rows out of order.
                room_id \(dialect.key) PRIMARY KEY,
                version BIGINT NOT NULL,
                through_seq BIGINT NOT NULL,
                deadline_ms BIGINT,
                warned BIGINT NOT NULL,
                breached BIGINT NOT NULL,
                faces TEXT NOT NULL,
                file TEXT
            )
            """,
            """
            CREATE INDEX conversation_clocks_deadline ON conversation_clocks (deadline_ms, room_id)
            WHERE deadline_ms IS NOT NULL
            """,
            // What was said before there were promises of time was promised to nobody.
            """
            INSERT INTO conversation_clocks (room_id, version, through_seq, warned, breached, faces)
            SELECT id, 1, head, 0, 0, '[]' FROM rooms WHERE kind = 'conversation'
            """,
            "CREATE INDEX room_events_ratings ON room_events (at_ms, room_id, seq) WHERE type = 'rating'",
        ]
    }
}
