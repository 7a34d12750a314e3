import Domain

/// What the shop's calendar is owed for call-backs.
enum CalendarStatements {
    /// Owes the calendar what a change made of an appointment; nothing while no calendar is connected.
    static func owed(
        for old: Callback?,
        _ new: Callback,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        guard old?.appointment != new.appointment, try isConnected(session) else { return [] }
        return [try owed([entry(for: new.id, order: new.version, at: moment)], session)]
    }

    /// Owes the calendar that these are gone.
    static func owed(
        forErased callbacks: [CallbackID],
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        guard !callbacks.isEmpty, try isConnected(session) else { return [] }
        return [try owed(callbacks.map { entry(for: $0, order: .max, at: moment) }, session)]
    }

    private static func owed(_ entries: [OutboxEntry], _ session: any SQLSession) throws(HubError) -> SQLStatement {
        OutboxRow.insert.over(try entries.map { entry throws(HubError) in try OutboxRow.values(entry, session.texts) })
    }

    /// The words are found when it leaves, so the order only says which is newer.
    private static func entry(for callback: CallbackID, order: Int64, at moment: Timestamp) -> OutboxEntry {
        OutboxEntry(
            id: .make(at: moment), lane: .calendar(callback), order: order, content: .appointment(callback),
            at: moment)
    }

    private static func isConnected(_ session: any SQLSession) throws -> Bool {
        try !session.execute(connected, [.text(IntegrationType.googleCalendar.rawValue)]).isEmpty
    }

    private static let connected: SQLText = """
        SELECT 1 FROM integration_configs c JOIN integration_secrets s ON s.config_id = c.id
        WHERE c.type = $1 AND c.enabled = 1 AND s.field = 'refresh_token'
        """
}
