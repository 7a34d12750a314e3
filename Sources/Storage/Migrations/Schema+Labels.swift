extension Schema {
    /// Labels of conversations.
    static let labels = Migration("labels") { dialect in
        [
            """
            CREATE TABLE labels (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                name_ar \(dialect.key) NOT NULL,
                -- Folded as a search does, so that two spellings are one label.
                name_key \(dialect.key) NOT NULL UNIQUE,
                name_en TEXT,
                color \(dialect.key) NOT NULL,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX labels_name ON labels (name_ar, id)",
            "CREATE INDEX labels_created ON labels (created_ms, id)",
            """
            CREATE TABLE conversation_labels (
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                label_id \(dialect.key) NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
                PRIMARY KEY (room_id, label_id)
            )
            """,
            "CREATE INDEX conversation_labels_label ON conversation_labels (label_id, room_id)",
        ]
    }
}
