import Domain

/// Events as their table stores them.
enum EventRow {
    /// The columns that `read` reads, of the table named `e`.
    static let columns = """
        e.room_id, e.seq, e.type, e.at_ms, e.author_kind, e.author_id, e.author_name, e.mid, e.target, e.reply_to, \
        e.content, e.anchor
        """

    static func read(_ row: inout SQLRowReader, _ texts: TextCloak) throws(HubError) -> RoomEvent {
        try read(&row) { (json, room, seq) throws(HubError) in try texts.opened(json, room, seq) }
    }

    /// With what may be told of codes in place of them; nothing is opened.
    static func readMasked(_ row: inout SQLRowReader) throws(HubError) -> RoomEvent {
        try read(&row) { (json, _, _) throws(HubError) in TextCloak.masked(json) }
    }

    private static func read(
        _ row: inout SQLRowReader,
        opening: (JSONValue, RoomID, SequenceNumber) throws(HubError) -> JSONValue
    ) throws(HubError) -> RoomEvent {
        let room = try row.text(RoomID.init)
        let seq = try row.seq()
        let kind = try row.text(EventContent.Kind.init(rawValue:))
        let at = try row.moment()
        let author = try participant(&row)
        let mid = try row.text(MID.init)
        let target = try row.optionalSeq()
        let replyTo = try row.optionalSeq()
        let json = try opening(try row.json(), room, seq)
        let anchor = try row.optionalSeq()
        guard let content = EventContent(kind: kind, json: json, target: target, replyTo: replyTo) else {
            throw row.unreadable
        }
        return RoomEvent(room: room, seq: seq, at: at, author: author, mid: mid, content: content, anchor: anchor)
    }

    static func read(_ rows: [SQLRow], _ texts: TextCloak) throws(HubError) -> [RoomEvent] {
        var events: [RoomEvent] = []
        events.reserveCapacity(rows.count)
        for row in rows {
            var reader = row.reader
            events.append(try read(&reader, texts))
        }
        return events
    }

    /// Kind, id and name.
    static func participant(_ row: inout SQLRowReader) throws(HubError) -> Participant {
        let kind = try row.text(Participant.Kind.init(rawValue:))
        let id = try row.text()
        return Participant(kind: kind, id: id, name: try row.text())
    }

    /// In the order of `insertColumns`.
    static func values(of event: RoomEvent, _ texts: TextCloak) throws(HubError) -> [SQLValue] {
        [
            .id(event.room), .seq(event.seq), .text(event.content.kind.rawValue), .moment(event.at),
            .text(event.author.kind.rawValue), .text(event.author.id), .text(event.author.name),
            .text(event.mid.text), .optional(event.content.target), .optional(event.content.replyTo),
            .json(try texts.content(of: event)), .optional(event.anchor),
        ]
    }

    static let insertColumns: [SQLColumn] = [
        .text("room_id"), .integer("seq"), .text("type"), .integer("at_ms"), .text("author_kind"), .text("author_id"),
        .text("author_name"), .text("mid"), .integer("target"), .integer("reply_to"), .text("content"),
        .integer("anchor"),
    ]
}
