import Domain

/// Seals what earlier versions stored of codes as it is, over either database.
struct SQLPlainTextStore: PlainTextStore {
    let database: any SQLDatabase

    func seal(after place: PlainTextPlace?, limit: Int) async throws -> PlainTextPage {
        try await database.write { session in
            let start: [SQLValue] = [
                place.map { .id($0.room) } ?? .text(""), .seq(place?.seq ?? .zero), .count(limit),
            ]
            let events = try EventRow.read(session.execute(Self.page, start), session.texts)
            guard let end = events.last else { return PlainTextPage(messages: 0, last: nil) }
            let found = Dictionary(
                events.compactMap { event in event.content.codes.map { (Key(event.room, event.seq), $0) } },
                uniquingKeysWith: { first, _ in first })
            _ = try session.finish(try Self.changes(found, events, session))
            return PlainTextPage(messages: found.count, last: PlainTextPlace(room: end.room, seq: end.seq))
        }
    }

    private struct Key: Hashable {
        let room: RoomID
        let seq: SequenceNumber

        init(_ room: RoomID, _ seq: SequenceNumber) {
            self.room = room
            self.seq = seq
        }

        var values: [SQLValue] { [.id(room), .seq(seq)] }
    }

    private static func changes(
        _ found: [Key: CodeText],
        _ events: [RoomEvent],
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        guard !found.isEmpty else { return [] }
        let keys = found.keys.map(\.values)
        // An edit of a message with codes is one as well.
        let edits = try EventRow.read(session.execute(edits.over(keys)), session.texts).compactMap {
            edit -> RoomEvent? in
            guard case .edit(let target, .text(let text)) = edit.content,
                let marks = found[Key(edit.room, target)]?.marks, let codes = try? CodeText(text, marks: marks)
            else { return nil }
            return RoomEvent(
                room: edit.room, seq: edit.seq, at: edit.at, author: edit.author, mid: edit.mid,
                content: .edit(target: target, body: .codes(codes)), anchor: edit.anchor)
        }
        let sealed = try (events.filter { $0.content.codes != nil } + edits).map { event -> [SQLValue] in
            [.id(event.room), .seq(event.seq), .json(try session.texts.content(of: event))]
        }
        let touched = (found.keys.map(\.self) + edits.map { Key($0.room, $0.seq) }).map(\.values)
        let owed = try session.execute(owed.over(touched)).compactMap { row -> [SQLValue]? in
            var row = row.reader
            let id = try row.text(OutboxEntryID.init)
            let payload = try row.json()
            guard !TextCloak.isSealed(payload) else { return nil }
            return [.id(id), .json(try session.texts.payload(payload, of: id))]
        }
        let lists = try session.execute(lists.over(Set(found.keys.map(\.room)).map { [.id($0)] }))
            .compactMap { row -> [SQLValue]? in
                var row = row.reader
                let room = try row.text(RoomID.init)
                guard let last = MessageSummary(json: try row.json()), let codes = found[Key(room, last.seq)] else {
                    return nil
                }
                return [.id(room), .json(last.with(.codes(codes)).json)]
            }
        let writes: [(SQLBulk, [[SQLValue]])] = [
            (setContent, sealed), (setPayload, owed), (setLast, lists),
        ]
        return writes.compactMap { bulk, rows in rows.isEmpty ? nil : bulk.over(rows) }
            + forget(touched, session.dialect)
    }

    /// SQLite's index is a file of its own, which begins anew when the log asks for it.
    private static func forget(_ keys: [[SQLValue]], _ dialect: SQLDialect) -> [SQLStatement] {
        switch dialect {
        case .sqlite: [SQLStatement(SQLiteSearchTables.askForNextGeneration)]
        case .postgres: [forgetIndexed.over(keys), forgetNew.over(keys)]
        }
    }

    /// A look at every message; none of an ordinary one has this member, because quotes in a text are escaped.
    private static let page = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE (e.room_id, e.seq) > ($1, $2) AND e.type IN ('msg', 'edit')
            AND e.content LIKE '%"codes":[%' AND e.content NOT LIKE '%"sealed":"%'
        ORDER BY e.room_id, e.seq LIMIT $3
        """
    )

    private static let edits = SQLBulk(
        [.text("room_id"), .integer("seq")],
        SQLText(
            """
            SELECT \(EventRow.columns) FROM k CROSS JOIN room_events e
            WHERE e.room_id = k.room_id AND e.target = k.seq AND e.type = 'edit'
            """
        )
    )

    private static let owed = SQLBulk(
        [.text("room_id"), .integer("seq")],
        "SELECT o.id, o.payload FROM k CROSS JOIN outbox o WHERE o.room_id = k.room_id AND o.seq = k.seq"
    )

    private static let lists = SQLBulk(
        [.text("id")], "SELECT r.id, r.last FROM k CROSS JOIN rooms r WHERE r.id = k.id AND r.last IS NOT NULL")

    private static let setContent = SQLBulk(
        [.text("room_id"), .integer("seq"), .text("content")],
        """
        UPDATE room_events SET content = k.content FROM k
        WHERE room_events.room_id = k.room_id AND room_events.seq = k.seq
        """
    )

    private static let setPayload = SQLBulk(
        [.text("id"), .text("payload")], "UPDATE outbox SET payload = k.payload FROM k WHERE outbox.id = k.id")

    private static let setLast = SQLBulk(
        [.text("id"), .text("last")], "UPDATE rooms SET last = k.last FROM k WHERE rooms.id = k.id")

    private static let forgetIndexed = forget(in: "message_search")
    private static let forgetNew = forget(in: "message_search_new")

    private static func forget(in table: String) -> SQLBulk {
        SQLBulk(
            [.text("room_id"), .integer("seq")],
            SQLText(
                """
                DELETE FROM \(table) WHERE EXISTS (
                    SELECT 1 FROM k WHERE k.room_id = \(table).room_id AND k.seq = \(table).seq
                )
                """
            )
        )
    }
}
