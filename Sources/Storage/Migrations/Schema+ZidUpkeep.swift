extension Schema {
    /// What the hub keeps up at Zid by itself: its keys and webhooks.
    static let zidUpkeep = Migration("zid_upkeep") { dialect in
        [
            """
            CREATE TABLE zid_upkeep (
                kind \(dialect.key) PRIMARY KEY,
                -- Of the configuration that it is about.
                version BIGINT NOT NULL,
                ticket BIGINT NOT NULL,
                -- Null while nobody has it.
                held_until_ms BIGINT,
                attempts BIGINT NOT NULL,
                not_before_ms BIGINT,
                unsure SMALLINT NOT NULL,
                problem \(dialect.key),
                given_up SMALLINT NOT NULL,
                done_ms BIGINT,
                mark TEXT
            )
            """
        ]
    }
}
