import Domain

/// The texts of `SQLUsageStore`.
enum UsageStatements {
    /// Whose a conversation is, and which of its cases it is: a contact, or else whoever has the room.
    ///
    /// `$1` is the room.
    static let place: SQLText = """
        SELECT COALESCE(
            (SELECT i.contact_id FROM crm_identities i WHERE i.kind = 'visitor' AND i.value = r.visitor_id),
            (SELECT i.contact_id FROM whatsapp_identities w JOIN crm_identities i
                ON i.value = w.contact_value AND i.kind = w.contact_kind WHERE w.id = r.whatsapp_id),
            r.visitor_id, r.whatsapp_id, r.id
        ), COALESCE((SELECT c.number FROM routing_cases c WHERE c.room_id = r.id), 0)
        FROM rooms r WHERE r.id = $1
        """

    static let columns: [SQLColumn] = [
        .text("id"), .integer("is_open"), .integer("at_ms"), .text("purpose"), .text("room_id"),
        .integer("case_number"), .text("customer"), .integer("question"), .integer("epoch"), .text("model"),
        .integer("instructions"), .integer("prompt_tokens"), .integer("completion_tokens"), .integer("is_estimated"),
        .integer("cost"), .text("currency"), .integer("held_tokens"), .integer("held_cost"), .text("day"),
        .text("month"), .integer("hour"),
    ]

    /// What was written before stays.
    static let insert: SQLBulk = {
        let names = columns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            columns,
            SQLText(
                """
                INSERT INTO model_usage (\(names)) SELECT \(names) FROM k WHERE true
                ON CONFLICT (id) DO NOTHING RETURNING id
                """
            )
        )
    }()

    /// Of those that are open; the others are found to be settled, or unknown.
    static let settle = SQLBulk(
        [
            .text("told"), .integer("prompt"), .integer("completion"), .integer("reckoned"), .integer("price"),
            .text("unit"),
        ],
        SQLText(
            """
            UPDATE model_usage SET is_open = 0, prompt_tokens = prompt, completion_tokens = completion,
                is_estimated = reckoned, cost = price, currency = unit
            FROM k WHERE id = told AND is_open = 1
            RETURNING \(places)
            """
        )
    )

    /// What `place(of:)` reads.
    static let places = """
        id, purpose, room_id, case_number, customer, day, month, hour, prompt_tokens + completion_tokens, cost,
        held_tokens, held_cost
        """

    /// Whoever changes a row first has it; the other finds it settled.
    static let tidy = SQLText(
        sqlite: """
            UPDATE model_usage SET is_open = 0 WHERE id IN (
                SELECT id FROM model_usage WHERE is_open = 1 AND at_ms < $1 ORDER BY at_ms LIMIT $2
            ) RETURNING \(places)
            """,
        postgres: """
            UPDATE model_usage SET is_open = 0 WHERE id IN (
                SELECT id FROM model_usage WHERE is_open = 1 AND at_ms < $1 ORDER BY at_ms LIMIT $2
                FOR UPDATE SKIP LOCKED
            ) RETURNING \(places)
            """
    )

    static let forget: SQLText = "DELETE FROM model_sums WHERE forget_ms < $1 AND held_tokens = 0"

    static let sumColumns: [SQLColumn] = [
        .text("scope"), .text("period"), .integer("tokens"), .integer("cost"), .text("currency"),
        .integer("answers"), .integer("held_tokens"), .integer("held_cost"), .integer("forget_ms"),
    ]

    /// Locks the rows in the order of their keys, adds, and says what stands there now.
    ///
    /// Money of another currency begins at nothing: amounts of two are never added.
    static let add: SQLBulk = {
        let names = sumColumns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            sumColumns,
            SQLText(
                """
                INSERT INTO model_sums (\(names)) SELECT \(names) FROM k WHERE true ORDER BY scope, period
                ON CONFLICT (scope, period) DO UPDATE SET
                    tokens = model_sums.tokens + excluded.tokens,
                    cost = excluded.cost
                        + CASE WHEN model_sums.currency = excluded.currency THEN model_sums.cost ELSE 0 END,
                    currency = excluded.currency,
                    answers = model_sums.answers + excluded.answers,
                    held_tokens = model_sums.held_tokens + excluded.held_tokens,
                    held_cost = model_sums.held_cost + excluded.held_cost
                RETURNING scope, period, tokens, cost, answers, held_tokens, held_cost
                """
            )
        )
    }()

    static let alert = SQLBulk(
        [
            .text("scope"), .text("period"), .text("budget"), .text("level"), .integer("bound"), .integer("at_ms"),
        ],
        """
        INSERT INTO model_alerts (scope, period, budget, level, bound, at_ms)
        SELECT scope, period, budget, level, bound, at_ms FROM k WHERE true
        ON CONFLICT DO NOTHING RETURNING scope, period, budget, level
        """
    )

    static let sums = SQLBulk(
        [.text("wanted"), .text("during")],
        """
        SELECT scope, period, tokens, cost, answers, held_tokens, held_cost FROM k CROSS JOIN model_sums
        WHERE scope = wanted AND period = during
        """
    )

    static let days: SQLText = """
        SELECT scope, period, tokens, cost, answers, held_tokens, held_cost, currency FROM model_sums
        WHERE (scope = 'shop' OR scope LIKE 'purpose:%') AND period >= $1 AND period <= $2 ORDER BY period, scope
        """

    static let ofRoom: SQLText = """
        SELECT id, at_ms, purpose, question, epoch, model, instructions, prompt_tokens, completion_tokens, is_estimated,
            cost, currency, is_open
        FROM model_usage WHERE room_id = $1 ORDER BY at_ms DESC, id DESC LIMIT $2
        """
}
