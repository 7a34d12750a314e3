extension Schema {
    /// Requests to the language model with what they took, and their sums.
    static let usage = Migration("usage") { dialect in
        [
            // The ledger: a row for each request. An open one has its estimate.
            """
            CREATE TABLE model_usage (
                id \(dialect.key) PRIMARY KEY,
                is_open INTEGER NOT NULL,
                at_ms BIGINT NOT NULL,
                purpose \(dialect.key) NOT NULL,
                -- Rooms stay, and a reference would lock their rows out of order.
                room_id \(dialect.key),
                case_number BIGINT,
                customer \(dialect.key),
                question BIGINT,
                epoch BIGINT,
                model TEXT NOT NULL,
                instructions BIGINT,
                prompt_tokens BIGINT NOT NULL,
                completion_tokens BIGINT NOT NULL,
                is_estimated INTEGER NOT NULL,
                cost BIGINT NOT NULL,
                currency \(dialect.key) NOT NULL,
                held_tokens BIGINT NOT NULL,
                held_cost BIGINT NOT NULL,
                day \(dialect.key) NOT NULL,
                month \(dialect.key) NOT NULL,
                hour BIGINT NOT NULL
            )
            """,
            "CREATE INDEX model_usage_open ON model_usage (at_ms) WHERE is_open = 1",
            "CREATE INDEX model_usage_room ON model_usage (room_id, at_ms) WHERE room_id IS NOT NULL",
            "CREATE INDEX model_usage_at ON model_usage (at_ms)",
            // What budgets ask: a row for each day, month, case and customer.
            """
            CREATE TABLE model_sums (
                scope \(dialect.key) NOT NULL,
                period \(dialect.key) NOT NULL,
                tokens BIGINT NOT NULL,
                cost BIGINT NOT NULL,
                currency \(dialect.key) NOT NULL,
                answers BIGINT NOT NULL,
                held_tokens BIGINT NOT NULL,
                held_cost BIGINT NOT NULL,
                -- When nobody asks for it any more; null for what is kept.
                forget_ms BIGINT,
                PRIMARY KEY (scope, period)
            )
            """,
            "CREATE INDEX model_sums_forget ON model_sums (forget_ms) WHERE forget_ms IS NOT NULL",
            // What was told of a budget: once for each span and bound.
            """
            CREATE TABLE model_alerts (
                scope \(dialect.key) NOT NULL,
                period \(dialect.key) NOT NULL,
                budget \(dialect.key) NOT NULL,
                level \(dialect.key) NOT NULL,
                bound BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                PRIMARY KEY (scope, period, budget, level, bound)
            )
            """,
            // What was said before in long conversations, for the model alone.
            """
            CREATE TABLE recaps (
                room_id \(dialect.key) PRIMARY KEY,
                up_to BIGINT NOT NULL,
                text TEXT NOT NULL,
                made_ms BIGINT NOT NULL
            )
            """,
        ]
    }
}
