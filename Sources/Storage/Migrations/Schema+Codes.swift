extension Schema {
    /// Digital codes, how they came in, and how many of them each product has to sell.
    static let codes = Migration("codes") { dialect in
        ["ALTER TABLE products ADD COLUMN codes_available BIGINT NOT NULL DEFAULT 0"] + imports(dialect)
            + table(dialect)
    }

    private static func imports(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE code_imports (
                id \(dialect.key) PRIMARY KEY,
                product_id \(dialect.key) NOT NULL REFERENCES products (id),
                mode \(dialect.key) NOT NULL,
                state \(dialect.key) NOT NULL,
                name TEXT,
                lines BIGINT NOT NULL,
                accepted BIGINT NOT NULL,
                invalid BIGINT NOT NULL,
                duplicate BIGINT NOT NULL,
                failure TEXT,
                started_by TEXT NOT NULL,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                leftovers SMALLINT NOT NULL
            )
            """,
            "CREATE INDEX code_imports_created ON code_imports (created_ms, id)",
            "CREATE INDEX code_imports_product ON code_imports (product_id, created_ms, id)",
            "CREATE INDEX code_imports_running ON code_imports (changed_ms) WHERE state = 'running'",
            "CREATE INDEX code_imports_leftovers ON code_imports (id) WHERE leftovers = 1",
            """
            CREATE TABLE code_import_problems (
                import_id \(dialect.key) NOT NULL REFERENCES code_imports (id),
                line BIGINT NOT NULL,
                code \(dialect.key) NOT NULL,
                detail TEXT NOT NULL,
                PRIMARY KEY (import_id, line)
            )
            """,
        ]
    }

    /// `product_id` refers to no table by itself: the check would wait for the lock of the product's row, under which
    /// codes are sold. The import's row keeps the product from being removed.
    private static func table(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE codes (
                id \(dialect.key) PRIMARY KEY,
                version BIGINT NOT NULL,
                product_id \(dialect.key) NOT NULL,
                sealed TEXT NOT NULL,
                fingerprint \(dialect.key) NOT NULL UNIQUE,
                mask TEXT NOT NULL,
                state \(dialect.key) NOT NULL,
                expires_ms BIGINT NOT NULL,
                reserved_ms BIGINT,
                order_ref \(dialect.key),
                conversation \(dialect.key) REFERENCES rooms (id),
                allocated_by \(dialect.key),
                revoked_because TEXT,
                import_id \(dialect.key) NOT NULL REFERENCES code_imports (id),
                line BIGINT NOT NULL,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX codes_created ON codes (created_ms, id)",
            "CREATE INDEX codes_product ON codes (product_id, created_ms, id)",
            "CREATE INDEX codes_import ON codes (import_id, id)",
            "CREATE INDEX codes_available ON codes (product_id, expires_ms, id) WHERE state = 'available'",
            "CREATE INDEX codes_ending ON codes (expires_ms, product_id) WHERE state = 'available'",
            "CREATE INDEX codes_reserved ON codes (reserved_ms, product_id) WHERE state = 'reserved'",
            "CREATE INDEX codes_expiring ON codes (expires_ms, id)",
            "CREATE INDEX codes_order ON codes (order_ref) WHERE order_ref IS NOT NULL",
            "CREATE INDEX codes_conversation ON codes (conversation) WHERE conversation IS NOT NULL",
        ]
    }
}
