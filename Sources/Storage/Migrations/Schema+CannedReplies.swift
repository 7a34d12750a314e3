extension Schema {
    /// Replies that agents use again and again.
    static let cannedReplies = Migration("canned_replies") { dialect in
        [
            """
            CREATE TABLE canned_replies (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                team_id \(dialect.key) REFERENCES teams (id),
                shortcut \(dialect.key) NOT NULL,
                -- In lower case: whoever types /Hello means /hello.
                shortcut_key \(dialect.key) NOT NULL UNIQUE,
                text_ar TEXT,
                text_en TEXT,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX canned_replies_shortcut ON canned_replies (shortcut, id)",
            "CREATE INDEX canned_replies_created ON canned_replies (created_ms, id)",
            "CREATE INDEX canned_replies_changed ON canned_replies (changed_ms, id)",
            "CREATE INDEX canned_replies_team ON canned_replies (team_id, shortcut, id)",
        ] + dialect.trigramIndex(on: "canned_replies", column: "search")
    }
}
