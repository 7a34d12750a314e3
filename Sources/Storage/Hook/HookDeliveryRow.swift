import Domain

/// Events, deliveries and tries as their tables store them.
enum HookDeliveryRow {
    /// Of the tables named `d`, `e` and `o`.
    static let columns = "d.id, d.endpoint_id, d.event_id, e.type, o.state, o.due_ms, d.replays, d.created_ms"

    /// What `columns` are of.
    static let tables = """
        hook_deliveries d JOIN hook_events e ON e.id = d.event_id JOIN outbox o ON o.id = d.entry_id
        """

    /// Without its tries.
    static func read(_ row: SQLRow) throws(HubError) -> HookDelivery {
        var row = row.reader
        return try read(&row)
    }

    static func read(_ row: inout SQLRowReader) throws(HubError) -> HookDelivery {
        HookDelivery(
            id: try row.text(HookDeliveryID.init),
            endpoint: try row.text(HookEndpointID.init),
            event: try row.text(HookEventID.init),
            type: try row.text(HookEventType.init),
            state: HookDelivery.State(try row.text(OutboxDelivery.State.init)),
            nextAttemptAt: try row.moment(),
            replays: try row.integer(),
            createdAt: try row.moment()
        )
    }

    /// The same deliveries with their newest tries.
    static func withAttempts(
        _ deliveries: [HookDelivery],
        _ session: any SQLSession
    ) throws -> [HookDelivery] {
        guard !deliveries.isEmpty else { return [] }
        var attempts: [HookDeliveryID: [HookAttempt]] = [:]
        for row in try session.execute(attemptsOf.over(deliveries.map { [.id($0.id)] })) {
            var row = row.reader
            let delivery = try row.text(HookDeliveryID.init)
            let attempt = HookAttempt(
                number: try row.integer(), at: try row.moment(), took: .milliseconds(try row.integer()),
                status: try row.optionalInteger(), reason: try row.optionalText())
            attempts[delivery, default: []].append(attempt)
        }
        return deliveries.map { delivery in
            var delivery = delivery
            delivery.attempts = (attempts[delivery.id] ?? []).sorted { $0.number < $1.number }
            return delivery
        }
    }

    private static let attemptsOf = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT t.delivery_id, t.number, t.at_ms, t.took_ms, t.status, t.reason
            FROM k CROSS JOIN hook_attempts t
            WHERE t.delivery_id = k.id AND t.number > (
                SELECT max(n.number) FROM hook_attempts n WHERE n.delivery_id = k.id
            ) - \(HookDelivery.maxAttempts)
            """
        )
    )

    // MARK: Writing

    /// What writes down what is owed: events, deliveries, and the outbox's entries.
    static func inserts(
        _ schedule: HookSchedule,
        at moment: Timestamp,
        _ texts: TextCloak
    ) throws -> [SQLStatement] {
        guard !schedule.deliveries.isEmpty else { return [] }
        let events = schedule.events.map { event -> [SQLValue] in
            [
                .id(event.id), .text(event.news.type.rawValue), .text(event.news.stream),
                .integer(event.news.sequence), .text(event.news.subject), .text(event.body),
            ]
        }
        let deliveries = schedule.deliveries.map { delivery -> [SQLValue] in
            [
                .id(delivery.id), .id(delivery.endpoint), .id(delivery.event), .id(delivery.entry.id),
                .moment(moment),
            ]
        }
        return [
            insertEvents.over(events),
            insertDeliveries.over(deliveries),
            OutboxRow.insert.over(try schedule.deliveries.map { try OutboxRow.values($0.entry, texts) }),
        ]
    }

    private static let insertEvents = SQLBulk(
        [
            .text("id"), .text("type"), .text("stream"), .integer("sequence"), .text("subject"), .text("body"),
        ],
        """
        INSERT INTO hook_events (id, type, stream, sequence, subject, body)
        SELECT id, type, stream, sequence, subject, body FROM k WHERE true
        """
    )

    private static let insertDeliveries = SQLBulk(
        [.text("id"), .text("endpoint_id"), .text("event_id"), .text("entry_id"), .integer("created_ms")],
        """
        INSERT INTO hook_deliveries (id, endpoint_id, event_id, entry_id, replays, created_ms)
        SELECT id, endpoint_id, event_id, entry_id, 0, created_ms FROM k WHERE true
        """
    )
}
