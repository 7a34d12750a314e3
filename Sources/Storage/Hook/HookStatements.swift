import Domain

/// What several stores say about endpoints and deliveries.
enum HookStatements {
    static let endpoint = SQLText("SELECT \(HookEndpointRow.columns) FROM hook_endpoints h WHERE h.id = $1")

    static let lockEndpoint = SQLText.locking(
        "SELECT \(HookEndpointRow.columns) FROM hook_endpoints h WHERE h.id = $1", of: "h")

    static let endpoints = SQLText(
        "SELECT \(HookEndpointRow.columns) FROM hook_endpoints h ORDER BY h.created_ms, h.id")

    /// Who plans, erases or changes endpoints holds this row: then none sees half of what another does.
    static let lockCursor = SQLText.locking(
        "SELECT c.audit_seq, c.rooms_ms FROM hook_cursor c WHERE c.id = 1", of: "c")

    static let moveCursor: SQLText = "UPDATE hook_cursor SET audit_seq = $1, rooms_ms = $2 WHERE id = 1"

    /// What has not left for an endpoint is not sent any more; what is on its way is not tried again.
    static let cancel: SQLText = """
        UPDATE outbox SET version = version + 1, withdrawn = 1,
            state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
        WHERE channel = 'hook' AND number_id = $1 AND state IN ('queued', 'sending')
        """

    static let delivery = SQLText(
        "SELECT \(HookDeliveryRow.columns), e.body FROM \(HookDeliveryRow.tables) WHERE d.id = $1")

    // MARK: Erasure

    /// Forgets all that was told of these conversations, contacts, leads and deals. Who plans waits meanwhile, so that
    /// nothing is told from what was read before.
    static func forget(_ records: [String], _ conversations: [RoomID]) -> [SQLStatement] {
        let rows = (records + conversations.map(\.text)).map { [SQLValue.text($0)] }
        guard !rows.isEmpty else { return [] }
        return [SQLStatement(lockCursor)] + [entriesOf, attemptsOf, deliveriesOf, eventsOf].map { $0.over(rows) }
    }

    private static let told = """
        SELECT d.id FROM k JOIN hook_events e ON e.subject = k.id JOIN hook_deliveries d ON d.event_id = e.id
        """

    /// Those of all replays; one that is under way finds nothing to settle.
    private static let entriesOf = SQLBulk(
        [.text("id")], SQLText("DELETE FROM outbox WHERE channel = 'hook' AND recipient IN (\(told))"))

    private static let attemptsOf = SQLBulk(
        [.text("id")], SQLText("DELETE FROM hook_attempts WHERE delivery_id IN (\(told))"))

    private static let deliveriesOf = SQLBulk(
        [.text("id")], SQLText("DELETE FROM hook_deliveries WHERE id IN (\(told))"))

    private static let eventsOf = SQLBulk(
        [.text("id")], "DELETE FROM hook_events WHERE subject IN (SELECT k.id FROM k)")
}
