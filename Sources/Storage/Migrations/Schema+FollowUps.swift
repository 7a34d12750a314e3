extension Schema {
    /// What visitors who left were told of, and up to where there was nothing to tell.
    static let followUps = Migration("follow_ups") { dialect in
        [
            """
            CREATE TABLE follow_ups (
                -- Rooms stay, and a reference would lock their rows out of order.
                room_id \(dialect.key) PRIMARY KEY,
                told_seq BIGINT NOT NULL,
                told_ms BIGINT,
                looked_seq BIGINT NOT NULL,
                here_ms BIGINT
            )
            """
        ]
    }
}
