extension Schema {
    /// What came from Zid, what paid orders are owed, and how far the hub has looked there.
    static let zid = Migration("zid") { dialect in
        orders(dialect) + debts(dialect) + jobs(dialect)
    }

    private static func orders(_ dialect: SQLDialect) -> [String] {
        [
            // Who takes an order of Zid locks its row first, so that the first of several makes it.
            """
            CREATE TABLE zid_orders (
                external_id \(dialect.key) PRIMARY KEY,
                order_id \(dialect.key) NOT NULL,
                mark TEXT NOT NULL,
                updated_ms BIGINT NOT NULL
            )
            """,
            // Orders with codes. `customer` is forgotten when nothing is owed any more.
            """
            CREATE TABLE order_deliveries (
                order_id \(dialect.key) PRIMARY KEY REFERENCES orders (id),
                state \(dialect.key) NOT NULL,
                due_ms BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                waits \(dialect.key),
                paid_ms BIGINT NOT NULL,
                customer TEXT,
                language \(dialect.key) NOT NULL,
                -- The conversation of a customer who has none of their own.
                room_id \(dialect.key)
            )
            """,
            "CREATE INDEX order_deliveries_due ON order_deliveries (paid_ms, order_id) WHERE state = 'owed'",
            "CREATE INDEX order_deliveries_room ON order_deliveries (room_id) WHERE room_id IS NOT NULL",
        ]
    }

    private static func debts(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE order_debts (
                order_id \(dialect.key) NOT NULL REFERENCES orders (id),
                place BIGINT NOT NULL,
                part BIGINT NOT NULL,
                product_id \(dialect.key) NOT NULL,
                pieces BIGINT NOT NULL,
                state \(dialect.key) NOT NULL,
                room_id \(dialect.key),
                seq BIGINT,
                PRIMARY KEY (order_id, place, part)
            )
            """,
            "CREATE INDEX order_debts_owed ON order_debts (product_id) WHERE state = 'owed'",
        ]
    }

    private static func jobs(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE zid_jobs (
                kind \(dialect.key) PRIMARY KEY,
                page BIGINT NOT NULL,
                started_ms BIGINT,
                finished_ms BIGINT,
                due_ms BIGINT NOT NULL,
                problem TEXT
            )
            """,
            """
            CREATE TABLE zid_stock (
                product_id \(dialect.key) PRIMARY KEY,
                told BIGINT NOT NULL,
                told_ms BIGINT NOT NULL
            )
            """,
        ]
    }
}
