extension Schema {
    /// What customers ordered, and when they are to be called.
    static let orders = Migration("orders") { dialect in
        orders(dialect) + items(dialect) + callbacks(dialect)
    }

    private static func orders(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE orders (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                number \(dialect.key) NOT NULL UNIQUE,
                -- Folded as a search does: customers write numbers in their own way.
                number_key \(dialect.key) NOT NULL UNIQUE,
                source \(dialect.key) NOT NULL,
                external_id \(dialect.key),
                contact_id \(dialect.key) REFERENCES crm_contacts (id),
                conversation \(dialect.key) REFERENCES rooms (id),
                total BIGINT NOT NULL,
                currency \(dialect.key) NOT NULL,
                state \(dialect.key) NOT NULL,
                payment \(dialect.key) NOT NULL,
                placed_ms BIGINT NOT NULL,
                paid_ms BIGINT,
                delivered_ms BIGINT,
                search TEXT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX orders_external ON orders (source, external_id) WHERE external_id IS NOT NULL",
            "CREATE INDEX orders_placed ON orders (placed_ms, id)",
            "CREATE INDEX orders_changed ON orders (changed_ms, id)",
            "CREATE INDEX orders_total ON orders (total, id)",
            "CREATE INDEX orders_state ON orders (state, placed_ms, id)",
            "CREATE INDEX orders_contact ON orders (contact_id, placed_ms, id) WHERE contact_id IS NOT NULL",
            "CREATE INDEX orders_conversation ON orders (conversation, placed_ms, id) WHERE conversation IS NOT NULL",
        ] + dialect.trigramIndex(on: "orders", column: "search")
    }

    /// `product_id` refers to no table by itself: the check would wait for whoever sells codes of the product.
    private static func items(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE order_items (
                order_id \(dialect.key) NOT NULL REFERENCES orders (id),
                place BIGINT NOT NULL,
                product_id \(dialect.key),
                name TEXT NOT NULL,
                sku TEXT,
                quantity BIGINT NOT NULL,
                unit_price BIGINT NOT NULL,
                PRIMARY KEY (order_id, place)
            )
            """
        ]
    }

    private static func callbacks(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE callbacks (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                contact_id \(dialect.key) REFERENCES crm_contacts (id),
                conversation \(dialect.key) REFERENCES rooms (id),
                name TEXT,
                phone TEXT NOT NULL,
                due_ms BIGINT NOT NULL,
                topic TEXT,
                outcome TEXT,
                state \(dialect.key) NOT NULL,
                owner_id \(dialect.key),
                origin \(dialect.key) NOT NULL,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX callbacks_due ON callbacks (due_ms, id)",
            "CREATE INDEX callbacks_created ON callbacks (created_ms, id)",
            "CREATE INDEX callbacks_state ON callbacks (state, due_ms, id)",
            "CREATE INDEX callbacks_contact ON callbacks (contact_id, due_ms, id) WHERE contact_id IS NOT NULL",
            """
            CREATE UNIQUE INDEX callbacks_once ON callbacks (conversation, due_ms)
            WHERE state = 'planned' AND conversation IS NOT NULL
            """,
        ] + dialect.trigramIndex(on: "callbacks", column: "search")
    }
}
