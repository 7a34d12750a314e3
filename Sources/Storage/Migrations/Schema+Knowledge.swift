extension Schema {
    /// What the shop knows: articles, the passages that they are found by, and the vectors of these.
    ///
    /// A vector is the base64url of its float32 numbers, the lowest byte first. Changes of what searches see are
    /// numbered by `knowledge_head`, whose lock keeps commits in the order of the numbers; it is taken after all
    /// other locks but that of the audit log's head.
    static let knowledge = Migration("knowledge") { dialect in
        [
            """
            CREATE TABLE articles (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                -- The version in which title or body changed last: what vectors belong to.
                text_version BIGINT NOT NULL,
                title \(dialect.key) NOT NULL,
                body TEXT NOT NULL,
                language \(dialect.key) NOT NULL,
                url TEXT,
                tags TEXT NOT NULL,
                tag_keys TEXT NOT NULL,
                state \(dialect.key) NOT NULL,
                audience \(dialect.key) NOT NULL,
                author_id \(dialect.key) NOT NULL,
                search TEXT NOT NULL,
                -- Of `knowledge_head` at its last change.
                revision BIGINT NOT NULL,
                -- The model whose vectors are kept, empty for none, and the text they belong to.
                model \(dialect.key) NOT NULL,
                embedded_version BIGINT NOT NULL,
                -- Who makes vectors now, and until when nobody else does.
                hub \(dialect.key) NOT NULL,
                lease_ms BIGINT NOT NULL,
                -- Failures in a row, when to try again, and what the last one was.
                failures BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                problem \(dialect.key)
            )
            """,
            "CREATE INDEX articles_created ON articles (created_ms, id)",
            "CREATE INDEX articles_changed ON articles (changed_ms, id)",
            "CREATE INDEX articles_title ON articles (title, id)",
            "CREATE INDEX articles_revision ON articles (revision)",
            """
            CREATE TABLE article_passages (
                article_id \(dialect.key) NOT NULL,
                number BIGINT NOT NULL,
                heading TEXT NOT NULL,
                text TEXT NOT NULL,
                search TEXT NOT NULL,
                PRIMARY KEY (article_id, number)
            )
            """,
            """
            CREATE TABLE article_vectors (
                article_id \(dialect.key) NOT NULL,
                number BIGINT NOT NULL,
                vector TEXT NOT NULL,
                PRIMARY KEY (article_id, number)
            )
            """,
            "CREATE TABLE knowledge_head (id BIGINT PRIMARY KEY, revision BIGINT NOT NULL)",
            "INSERT INTO knowledge_head (id, revision) VALUES (1, 0)",
        ] + dialect.trigramIndex(on: "articles", column: "search")
            + dialect.trigramIndex(on: "article_passages", column: "search")
    }
}
