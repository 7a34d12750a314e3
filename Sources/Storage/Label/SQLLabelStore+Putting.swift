import Domain

/// Labels on conversations: what changed is told in the side room, in the same transaction.
extension SQLLabelStore {
    func put(
        _ labels: [LabelID],
        on room: RoomID,
        by author: Participant,
        _ writing: Writing<LabelledConversation>
    ) async throws -> LabelledConversation {
        try await relabel(room, by: author, writing) { _ in Set(labels) }
    }

    func add(
        _ label: LabelID,
        to room: RoomID,
        by author: Participant,
        _ writing: Writing<LabelledConversation>
    ) async throws -> LabelledConversation {
        try await relabel(room, by: author, writing) { $0.union([label]) }
    }

    /// - Parameter wanted: What the labels become, by what they are.
    private func relabel(
        _ room: RoomID,
        by author: Participant,
        _ writing: Writing<LabelledConversation>,
        _ wanted: @escaping @Sendable (Set<LabelID>) -> Set<LabelID>
    ) async throws -> LabelledConversation {
        try await database.write(writing) { session in
            let side = try Self.lockRooms(of: room, session)
            let old = try session.execute(Self.carried, [.id(room)]).map(LabelRow.read).map(\.mark)
            let new = try Self.existing(wanted(Set(old.map(\.id))).sorted(), session)
            let added = new.filter { !old.contains($0) }
            let removed = old.filter { !new.contains($0) }
            let change = EventContent.labels(added: added.sortedByName, removed: removed.sortedByName)
            let drafts =
                added.isEmpty && removed.isEmpty ? [] : [Draft(author: author, mid: .fresh(), content: change)]
            let batch = try AppendBatch([AppendRequest(room: side, drafts: drafts)])
            let decision = batch.decide(try AppendStatements.read(batch, session), now: writing.at)
            guard let head = decision.results.first?.room?.head else { throw Self.noConversation }
            let labelled = LabelledConversation(
                room: room, side: side, sideHead: head, labels: new.sortedByName)
            guard !drafts.isEmpty else { return Change(labelled, nil) }
            return Change(
                labelled,
                AuditEvent(
                    "conversation.labelled",
                    AuditSubject(kind: "conversation", id: room.text),
                    before: Self.names(of: old),
                    after: Self.names(of: new)
                ),
                statements: try AppendStatements.writes(of: decision, session.dialect)
                    + removed.map { SQLStatement(Self.takeOff, [.id(room), .id($0.id)]) }
                    + added.map { SQLStatement(Self.putOn, [.id(room), .id($0.id)]) }
            )
        }.value()
    }

    /// Both rooms in the order of their ids, as an append locks them; the side room.
    private static func lockRooms(of room: RoomID, _ session: any SQLSession) throws -> RoomID {
        let rows = try session.execute(rooms, [.id(room)])
        for row in rows {
            var reader = row.reader
            if let side = try reader.optionalText(RoomID.init) { return side }
        }
        throw noConversation
    }

    /// Held, so that none is removed before the commit. Throws `invalid`.
    private static func existing(_ wanted: [LabelID], _ session: any SQLSession) throws -> [LabelMark] {
        guard !wanted.isEmpty else { return [] }
        let found = try session.batch(wanted.map { SQLStatement(hold, [.id($0)]) })
        let problems = zip(wanted, found).compactMap { label, rows in
            rows.isEmpty ? FieldProblem("/labels", "conflict", "\(label) is no label") : nil
        }
        guard problems.isEmpty else { throw HubError.invalid(problems) }
        return try found.flatMap { try $0.map(LabelRow.read) }.map(\.mark)
    }

    private static func names(of marks: [LabelMark]) -> JSONValue {
        .object(["labels": .array(marks.sortedByName.map { .string($0.nameAr) })])
    }

    private static let noConversation = HubError.notFound("there is no such conversation")

    // MARK: Statements

    private static let rooms = SQLText.locking(
        "SELECT r.side FROM rooms r WHERE (r.id = $1 AND r.kind = 'conversation') OR r.parent = $1 ORDER BY r.id",
        of: "r"
    )

    private static let hold = SQLText.holding("SELECT \(LabelRow.columns) FROM labels d WHERE d.id = $1", of: "d")

    private static let carried = SQLText(
        """
        SELECT \(LabelRow.columns) FROM conversation_labels x JOIN labels d ON d.id = x.label_id WHERE x.room_id = $1
        """
    )

    private static let takeOff: SQLText = "DELETE FROM conversation_labels WHERE room_id = $1 AND label_id = $2"

    private static let putOn: SQLText = """
        INSERT INTO conversation_labels (room_id, label_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
        """
}
