/// What keeps and takes up deliveries of webhooks.
enum WebhookStatements {
    static let insert: SQLText = """
        INSERT INTO webhook_events (id, provider, received_ms, encoding, body, about, state, attempts, due_ms)
        VALUES ($1, $2, $3, $4, $5, $6, 'new', 0, $3) ON CONFLICT DO NOTHING RETURNING id
        """

    static let anyDue: SQLText =
        "SELECT 1 FROM webhook_events WHERE state = 'new' AND provider = $1 AND due_ms <= $2 LIMIT 1"

    /// Hubs that look at once take different ones.
    static let claim: SQLText = {
        let due = """
            SELECT id FROM webhook_events WHERE state = 'new' AND provider = $1 AND due_ms <= $2
            ORDER BY received_ms, id LIMIT $3
            """
        func text(_ due: String) -> String {
            """
            UPDATE webhook_events SET due_ms = $4, attempts = attempts + 1 WHERE id IN (\(due))
            RETURNING id, provider, received_ms, encoding, body, about, attempts
            """
        }
        return SQLText(sqlite: text(due), postgres: text("\(due) FOR UPDATE SKIP LOCKED"))
    }()

    static let finish = SQLBulk(
        [.text("id")],
        """
        UPDATE webhook_events SET state = 'done', error = NULL FROM k
        WHERE webhook_events.id = k.id AND webhook_events.state = 'new' RETURNING webhook_events.id
        """
    )

    static let postpone: SQLText =
        "UPDATE webhook_events SET due_ms = $2, error = $3 WHERE id = $1 AND state = 'new'"

    static let park: SQLText =
        "UPDATE webhook_events SET state = 'parked', error = $2 WHERE id = $1 AND state = 'new'"

    // MARK: Leftovers

    static let insertLeftovers = SQLBulk(
        WebhookRow.leftoverColumns,
        """
        INSERT INTO webhook_items (
            event_id, place, provider, item, state, awaits, error, received_ms, attempts, due_ms
        ) SELECT k.event_id, k.place, e.provider, k.item, k.state, k.awaits, k.error, k.received_ms, k.attempts, 0
        FROM k CROSS JOIN webhook_events e WHERE e.id = k.event_id ON CONFLICT DO NOTHING
        """
    )

    private static let dueLeftovers = """
        FROM whatsapp_messages m JOIN webhook_items i ON i.awaits = m.id
        WHERE i.state = 'waiting' AND i.provider = $1 AND i.due_ms <= $2
        """

    static let anyLeftoverDue = SQLText("SELECT 1 \(dueLeftovers) LIMIT 1")

    static let claimLeftovers: SQLText = {
        let due = "SELECT i.event_id, i.place \(dueLeftovers) ORDER BY i.received_ms, i.event_id, i.place LIMIT $3"
        func text(_ due: String) -> String {
            """
            UPDATE webhook_items SET due_ms = $4, attempts = attempts + 1 WHERE (event_id, place) IN (\(due))
            RETURNING event_id, place, item, state, awaits, error, received_ms, attempts
            """
        }
        return SQLText(sqlite: text(due), postgres: text("\(due) FOR UPDATE OF i SKIP LOCKED"))
    }()

    static let removeLeftover: SQLText = "DELETE FROM webhook_items WHERE event_id = $1 AND place = $2"

    static let parkLeftover: SQLText = """
        UPDATE webhook_items SET state = 'parked', awaits = NULL, error = $3 WHERE event_id = $1 AND place = $2
        """

    // MARK: Housekeeping

    static let forget: SQLText = """
        DELETE FROM webhook_events WHERE id IN (
            SELECT id FROM webhook_events WHERE state = 'done' AND received_ms < $1 ORDER BY received_ms LIMIT $2
        ) RETURNING id
        """

    static let giveUp: SQLText = """
        UPDATE webhook_items SET state = 'parked', awaits = NULL WHERE (event_id, place) IN (
            SELECT event_id, place FROM webhook_items WHERE state = 'waiting' AND received_ms < $1
            ORDER BY received_ms LIMIT $2
        ) RETURNING event_id
        """

    static let counts: SQLText = """
        SELECT (SELECT count(*) FROM webhook_events WHERE provider = $1 AND state = 'new'),
            (SELECT count(*) FROM webhook_events WHERE provider = $1 AND state = 'parked'),
            (SELECT count(*) FROM webhook_items WHERE provider = $1 AND state = 'waiting'),
            (SELECT count(*) FROM webhook_items WHERE provider = $1 AND state = 'parked')
        """
}
