import Domain

/// A room as its table stores it: the room and when it changed last.
struct RoomRow: Sendable, Equatable {
    var room: Room
    var changedAt: Timestamp
    /// Through what its customer is written to; nil when not through a provider.
    var line: OutboundLine?

    /// The columns that `init(reading:)` reads, of the table named `r`.
    static let columns = """
        r.id, r.kind, r.title, r.head, r.parent, r.created_ms, r.changed_ms, r.last, r.side, r.visitor_id, \
        r.state, r.snoozed_ms, r.assignee_kind, r.assignee_id, r.assignee_name, r.epoch, r.unread, r.waiting_ms, \
        r.heard_ms, r.whatsapp_id, (SELECT i.number_id FROM whatsapp_identities i WHERE i.id = r.whatsapp_id), \
        r.team_id, r.last_agent, r.resolved_ms
        """

    init(room: Room, changedAt: Timestamp, line: OutboundLine?) {
        self.room = room
        self.changedAt = changedAt
        self.line = line
    }

    init(reading row: inout SQLRowReader) throws(HubError) {
        let id = try row.text(RoomID.init)
        let kind = try row.text(RoomKind.init(rawValue:))
        let title = try row.text()
        let head = try row.seq()
        let parent = try row.optionalText(RoomID.init)
        let createdAt = try row.moment()
        let changedAt = try row.moment()
        let last = try row.optionalJSON()
        let summary = last.flatMap(MessageSummary.init(json:))
        guard (last == nil) == (summary == nil) else { throw row.unreadable }
        var conversation = try Self.conversation(&row)
        line = try OutboundLine(conversation?.customer, number: row.optionalText())
        // Read in any case: the reader goes from column to column.
        let (team, lastAgent) = (try row.optionalText(TeamID.init), try row.optionalText(UserID.init))
        let resolvedAt = try row.optionalMoment()
        conversation?.team = team
        conversation?.lastAgent = lastAgent
        conversation?.resolvedAt = resolvedAt
        guard (conversation != nil) == (kind == .conversation) else { throw row.unreadable }
        room = Room(
            id: id,
            kind: kind,
            title: title,
            head: head,
            parent: parent,
            createdAt: createdAt,
            last: summary,
            conversation: conversation
        )
        self.changedAt = changedAt
    }

    private static func conversation(_ row: inout SQLRowReader) throws(HubError) -> Conversation? {
        let side = try row.optionalText(RoomID.init)
        let visitor = try row.optionalText(VisitorID.init)
        let state = try row.optionalText(ConversationState.init(rawValue:))
        let snoozedUntil = try row.optionalMoment()
        let assignee = try assignee(&row)
        let epoch = try row.optionalInteger()
        let unread = try row.optionalInteger()
        let waitingSince = try row.optionalMoment()
        let heardAt = try row.optionalMoment()
        let whatsApp = try row.optionalText(WhatsAppIdentityID.init)
        let customer = visitor.map(Conversation.Customer.visitor) ?? whatsApp.map(Conversation.Customer.whatsapp)
        guard let side, let customer, let state, let epoch, let unread else { return nil }
        return Conversation(
            side: side,
            customer: customer,
            state: state,
            snoozedUntil: snoozedUntil,
            assignee: assignee,
            epoch: epoch,
            unread: unread,
            waitingSince: waitingSince,
            heardAt: heardAt
        )
    }

    private static func assignee(_ row: inout SQLRowReader) throws(HubError) -> Assignee? {
        let kind = try row.optionalText()
        let id = try row.optionalText()
        let name = try row.optionalText()
        guard let kind, let id, let name else { return nil }
        let json = JSONValue.object(["kind": .string(kind), "id": .string(id), "name": .string(name)])
        guard let assignee = Assignee(json: json) else { throw row.unreadable }
        return assignee
    }
}
