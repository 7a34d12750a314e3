import Domain

/// Mentions over either database: their own table beside the logs.
struct SQLMentionStore: MentionStore {
    let database: any SQLDatabase

    func mentions(_ request: ListRequest<MentionSort, MentionFilter>) async throws -> ListPage<Mention> {
        var list = ListStatement()
        list.require("m.user_id = $?", .id(request.filter.user))
        list.require(Self.isStillThere)
        // An internal room is nobody's of a team.
        if let sight = request.filter.sight { list.require { SightCondition.of("p", sight, $0) } }
        switch request.filter.isUnread {
        case true?: list.require("m.event_seq > \(Self.marker)")
        case false?: list.require("m.event_seq <= \(Self.marker)")
        case nil: break
        }
        let statement = list.page(Self.select, sortedBy: "m.at_ms", id: Self.id, request)
        return try await database.read { session in
            let found = try session.execute(statement).map { try Self.read($0, session.texts) }
            return ListPage(found, limit: request.limit) { mention in
                ListPosition(value: .integer(mention.at.milliseconds), id: "\(mention.room):\(mention.seq)")
            }
        }
    }

    func mentions(since: Timestamp, limit: Int) async throws -> [Mention] {
        try await database.read { session in
            try session.execute(Self.since, [.moment(since), .count(limit)]).map { try Self.read($0, session.texts) }
        }
    }

    private static func read(_ row: SQLRow, _ texts: TextCloak) throws(HubError) -> Mention {
        var reader = row.reader
        let user = try reader.text(UserID.init)
        let event = try reader.seq()
        let at = try reader.moment()
        let isUnread = try reader.flag()
        let kind = try reader.text(RoomKind.init(rawValue:))
        let title = try reader.text()
        let place = try place(&reader)
        // An edit of it says how it reads now.
        let edited = try reader.optionalJSON()?["body"]
        let message = try EventRow.read(&reader, texts)
        guard case .message(let body, _) = message.content else { throw reader.unreadable }
        let now = edited.flatMap { MessageBody(kind: body.kind, json: $0) } ?? body
        return Mention(
            user: user,
            room: message.room,
            kind: kind,
            title: title,
            place: place,
            seq: message.seq,
            event: event,
            at: at,
            author: message.author,
            text: now.plainText,
            isUnread: isUnread
        )
    }

    private static func place(_ reader: inout SQLRowReader) throws(HubError) -> Mention.Place? {
        let conversation = try reader.optionalText(RoomID.init)
        let team = try reader.optionalText(TeamID.init)
        // Of an agent alone: others have ids of another kind.
        let owner = try reader.optionalText().flatMap(UserID.init)
        let visitor = try reader.optionalText(VisitorID.init)
        let visitorName = try reader.optionalText()
        let identity = try reader.optionalText(WhatsAppIdentityID.init)
        let (name, phone) = (try reader.optionalText(), try reader.optionalText())
        guard let conversation else { return nil }
        let customer =
            if let visitor {
                Participant(kind: .visitor, id: visitor.text, name: visitorName ?? Visitor.nameless)
            } else if let identity {
                WhatsAppIdentity.participant(id: identity, name: name, phone: phone)
            } else {
                throw reader.unreadable
            }
        return Mention.Place(conversation: conversation, customer: customer, team: team, owner: owner)
    }

    // MARK: Statements

    /// How far they have read the room.
    private static let marker = """
        COALESCE((
            SELECT o.seq FROM read_markers o
            WHERE o.room_id = m.room_id AND o.reader_kind = 'staff' AND o.reader_id = m.user_id
        ), 0)
        """

    /// Who left a closed room sees nothing of it.
    private static let isStillThere = """
        (r.kind NOT IN ('group', 'direct') OR EXISTS (
            SELECT 1 FROM room_members a
            WHERE a.room_id = m.room_id AND a.member_kind = 'staff' AND a.member_id = m.user_id
        ))
        """

    /// Tells mentions of one person and one moment apart.
    private static let id = "m.room_id || ':' || m.seq"

    private static let select = """
        SELECT m.user_id, m.event_seq, m.at_ms, m.event_seq > \(marker), r.kind, r.title, p.id, p.team_id,
            p.assignee_id, v.id, v.name, w.id, w.name, w.phone, (
                SELECT d.content FROM room_events d
                WHERE d.room_id = m.room_id AND d.target = m.seq AND d.type = 'edit' ORDER BY d.seq DESC LIMIT 1
            ), \(EventRow.columns)
        FROM mentions m JOIN rooms r ON r.id = m.room_id
            JOIN room_events e ON e.room_id = m.room_id AND e.seq = m.seq
            LEFT JOIN rooms p ON p.id = r.parent LEFT JOIN visitors v ON v.id = p.visitor_id
            LEFT JOIN whatsapp_identities w ON w.id = p.whatsapp_id
        """

    private static let since = SQLText(
        "\(select) WHERE m.at_ms >= $1 AND \(isStillThere) ORDER BY m.at_ms, m.user_id, m.room_id, m.seq LIMIT $2")
}
