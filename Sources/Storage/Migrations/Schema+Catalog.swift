extension Schema {
    /// What the shop sells.
    static let catalog = Migration("catalog") { dialect in
        [
            """
            CREATE TABLE products (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                name_ar \(dialect.key) NOT NULL,
                name_en TEXT,
                description_ar TEXT,
                description_en TEXT,
                sku \(dialect.key) NOT NULL UNIQUE,
                price BIGINT NOT NULL,
                currency \(dialect.key) NOT NULL,
                stock_policy \(dialect.key) NOT NULL,
                stock BIGINT,
                low_stock_threshold BIGINT,
                state \(dialect.key) NOT NULL,
                category \(dialect.key),
                images TEXT NOT NULL,
                zid_id \(dialect.key) UNIQUE,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX products_created ON products (created_ms, id)",
            "CREATE INDEX products_changed ON products (changed_ms, id)",
            "CREATE INDEX products_name ON products (name_ar, id)",
            "CREATE INDEX products_price ON products (price, id)",
            "CREATE INDEX products_state ON products (state, created_ms, id)",
            "CREATE INDEX products_category ON products (category, created_ms, id)",
        ] + dialect.trigramIndex(on: "products", column: "search")
    }
}

extension SQLDialect {
    /// An index that finds parts of a text, where the database has one for columns and allows it.
    func trigramIndex(on table: String, column: String) -> [String] {
        switch self {
        case .sqlite: []
        case .postgres:
            [
                """
                DO $trigram$ BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE INDEX \(table)_\(column) ON \(table) USING gin (\(column) gin_trgm_ops);
                EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object
                    OR invalid_schema_name
                THEN
                    RAISE NOTICE 'pg_trgm cannot be installed: search has no index';
                END $trigram$
                """
            ]
        }
    }
}
