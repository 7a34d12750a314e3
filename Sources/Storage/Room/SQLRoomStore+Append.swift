import Domain

/// The write path: two round trips, one transaction, however many rooms.
///
///     1. lock the rows (and those of parents) in the order of their ids; read known mids and targets
///     2. write events, rows, members and, on PostgreSQL, search texts; commit
extension SQLRoomStore {
    func append(_ requests: [AppendRequest]) async throws -> [AppendResult] {
        guard !requests.isEmpty else { return [] }
        let batch = try AppendBatch(requests)
        return try await database.write { [now] session in
            let found = try AppendStatements.read(batch, session)
            let decision = batch.decide(found, now: now())
            _ = try session.finish(AppendStatements.writes(of: decision, session.dialect))
            return decision.results
        }
    }
}

/// What an append reads and writes.
enum AppendStatements {
    static func read(_ batch: AppendBatch, _ session: any SQLSession) throws -> AppendBatch.Found {
        let targetKeys: [[SQLValue]] = batch.targets.map { [.id($0.room), .seq($0.seq)] }
        let seenKeys: [[SQLValue]] = batch.seen.map { [.id($0.room), .seq($0.seq)] }
        let mentionedKeys: [[SQLValue]] = batch.mentioned.map { [.id($0.room), .id($0.user)] }
        var statements = [
            lockRooms.over(batch.rooms.map { [.id($0)] }),
            knownMIDs.over(
                batch.mids.map {
                    [.id($0.room), .text($0.mid.authorKind.rawValue), .text($0.mid.authorID), .text($0.mid.mid.text)]
                }
            ),
        ]
        if !targetKeys.isEmpty { statements.append(targets.over(targetKeys)) }
        if !seenKeys.isEmpty { statements.append(missed.over(seenKeys)) }
        if !mentionedKeys.isEmpty { statements.append(MentionStatements.colleagues.over(mentionedKeys)) }
        let results = try session.batch(statements)
        var found = AppendBatch.Found()
        found.texts = session.texts
        for row in results[0] {
            var reader = row.reader
            let room = try RoomRow(reading: &reader)
            found.rooms[room.room.id] = room
        }
        for event in try EventRow.read(results[1], session.texts) {
            let mid = AppendPlan.AuthoredMID(author: event.author, mid: event.mid)
            found.known[AppendBatch.RoomMID(room: event.room, mid: mid)] = event
        }
        for row in targetKeys.isEmpty ? [] : results[2] {
            var reader = row.reader
            let event = try EventRow.read(&reader, session.texts)
            guard case .message(let body, _) = event.content else { continue }
            found.targets[AppendBatch.RoomSeq(room: event.room, seq: event.seq)] = try AppendPlan.Target(
                author: event.author,
                body: body,
                isDeleted: reader.flag(),
                status: reader.optionalJSON()?["state"]?.string.flatMap(MessageStatus.init(rawValue:))
            )
        }
        for row in seenKeys.isEmpty ? [] : results[targetKeys.isEmpty ? 2 : 3] {
            var reader = row.reader
            let event = try EventRow.read(&reader, session.texts)
            let seen = try AppendBatch.RoomSeq(room: event.room, seq: reader.seq())
            found.missed[seen, default: []].append(event)
        }
        for row in mentionedKeys.isEmpty ? [] : results[statements.count - 1] {
            var reader = row.reader
            let (room, user) = try (reader.text(RoomID.init), reader.text(UserID.init))
            found.colleagues[room, default: [:]][user] = try MentionRule.Colleague(
                name: reader.text(), isMember: reader.flag())
        }
        return found
    }

    /// Throws when a text with codes cannot be sealed.
    static func writes(of decision: AppendBatch.Decision, _ dialect: SQLDialect) throws(HubError) -> [SQLStatement] {
        let sealing = decision.texts ?? TextCloak()
        var events: [[SQLValue]] = []
        events.reserveCapacity(decision.events.count)
        for event in decision.events { events.append(try EventRow.values(of: event, sealing)) }
        var owed: [[SQLValue]] = []
        for entry in decision.owed { owed.append(try OutboxRow.values(entry, sealing)) }
        let members = MemberChanges(decision)
        let mentions = MentionChanges(decision)
        let texts: [[SQLValue]] =
            switch dialect {
            case .sqlite: []
            case .postgres: decision.events.compactMap(SearchRow.values)
            }
        // In the order of ids, as all that touches several rooms.
        let rows = decision.changed.values.sorted { $0.room.id < $1.room.id }.map(values)
        let writes: [(SQLBulk, [[SQLValue]])] = [
            (insertEvents, events),
            (updateRooms, rows),
            (insertTexts, texts),
            (MemberStatements.remove, members.removed),
            (MemberStatements.add, members.added),
            (MentionStatements.keep, mentions.kept),
            (MentionStatements.add, mentions.added),
            (OutboxRow.insert, owed),
            (RoutingStatements.signal, decision.signals.map { [.id($0.room), .optional($0.answeredBy?.text)] }),
        ]
        return writes.compactMap { bulk, rows in rows.isEmpty ? nil : bulk.over(rows) }
            + decision.brought.flatMap(\.statements)
            + decision.withdrawn.map { SQLStatement(OutboxStatements.cancel, [.id($0.room), .seq($0.seq)]) }
    }

    // MARK: Reading

    private static let lockRooms = SQLBulk(
        [.text("id")],
        sqlite: """
            SELECT \(RoomRow.columns) FROM rooms r WHERE r.id = $1
            UNION ALL SELECT \(RoomRow.columns) FROM rooms k CROSS JOIN rooms r WHERE k.id = $1 AND r.id = k.parent
            """,
        postgres: """
            SELECT \(RoomRow.columns) FROM rooms r WHERE r.id IN (
                SELECT k.id FROM k UNION SELECT p.parent FROM k JOIN rooms p ON p.id = k.id WHERE p.parent IS NOT NULL
            ) ORDER BY r.id FOR UPDATE OF r
            """
    )

    private static let knownMIDs = SQLBulk(
        [.text("room_id"), .text("author_kind"), .text("author_id"), .text("mid")],
        sqlite: """
            SELECT \(EventRow.columns) FROM room_events e
            WHERE e.room_id = $1 AND e.author_kind = $2 AND e.author_id = $3 AND e.mid = $4
            """,
        postgres: """
            SELECT \(EventRow.columns) FROM k CROSS JOIN room_events e
            WHERE e.room_id = k.room_id AND e.author_kind = k.author_kind AND e.author_id = k.author_id AND e.mid = k.mid
            """
    )

    private static let targets = SQLBulk(
        [.text("room_id"), .integer("seq")],
        SQLText(
            """
            SELECT \(EventRow.columns), EXISTS (
                SELECT 1 FROM room_events d WHERE d.room_id = e.room_id AND d.target = e.seq AND d.type = 'del'
            ), (
                SELECT s.content FROM room_events s
                WHERE s.room_id = e.room_id AND s.target = e.seq AND s.type = 'status' ORDER BY s.seq DESC LIMIT 1
            ) FROM k CROSS JOIN room_events e WHERE e.room_id = k.room_id AND e.seq = k.seq AND e.type = 'msg'
            """
        )
    )

    /// What customers wrote after a message, and was not deleted since: the earliest of it.
    private static let missed = SQLBulk(
        [.text("room_id"), .integer("seq")],
        SQLText(
            """
            SELECT \(EventRow.columns), k.seq FROM k CROSS JOIN room_events e
            WHERE e.room_id = k.room_id AND e.seq IN (
                SELECT n.seq FROM room_events n
                WHERE n.room_id = k.room_id AND n.seq > k.seq AND n.type = 'msg'
                    AND n.author_kind IN ('visitor', 'contact') AND NOT EXISTS (
                        SELECT 1 FROM room_events d
                        WHERE d.room_id = n.room_id AND d.target = n.seq AND d.type = 'del'
                    )
                ORDER BY n.seq LIMIT \(ReplyRule.maxTold)
            ) ORDER BY e.room_id, e.seq
            """
        )
    )

    // MARK: Writing

    private static let insertEvents: SQLBulk = {
        let columns = EventRow.insertColumns
        let names = columns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            columns,
            sqlite: "INSERT INTO room_events (\(names)) VALUES (\(SQLBulk.numbers(columns)))",
            postgres: "INSERT INTO room_events (\(names)) SELECT \(names) FROM k"
        )
    }()

    /// Indexing is behind the commit: see `PostgresSearchIndexer`, and for SQLite `SQLiteSearchIndex`.
    private static let insertTexts = SQLBulk(
        [.text("room_id"), .integer("seq"), .integer("target"), .text("text")],
        "INSERT INTO message_search_new (room_id, seq, target, text) SELECT room_id, seq, target, text FROM k"
    )

    private static let updateRooms = SQLBulk(
        [
            .text("id"), .integer("head"), .integer("changed_ms"), .text("last"), .text("state"),
            .integer("snoozed_ms"), .text("assignee_kind"), .text("assignee_id"), .text("assignee_name"),
            .integer("epoch"), .integer("unread"), .integer("waiting_ms"),
            .integer("heard_ms"), .text("team_id"), .text("last_agent"), .integer("resolved_ms"),
        ],
        sqlite: """
            UPDATE rooms SET head = $2, changed_ms = $3, last = $4, state = $5, snoozed_ms = $6, assignee_kind = $7,
                assignee_id = $8, assignee_name = $9, epoch = $10, unread = $11, waiting_ms = $12,
                heard_ms = $13, team_id = $14, last_agent = $15, resolved_ms = $16
            WHERE id = $1
            """,
        postgres: """
            UPDATE rooms SET head = k.head, changed_ms = k.changed_ms, last = k.last, state = k.state,
                snoozed_ms = k.snoozed_ms, assignee_kind = k.assignee_kind, assignee_id = k.assignee_id,
                assignee_name = k.assignee_name, epoch = k.epoch, unread = k.unread, waiting_ms = k.waiting_ms,
                heard_ms = k.heard_ms, team_id = k.team_id, last_agent = k.last_agent, resolved_ms = k.resolved_ms
            FROM k WHERE rooms.id = k.id
            """
    )

    private static func values(of row: RoomRow) -> [SQLValue] {
        let room = row.room
        let conversation = room.conversation
        return [
            .id(room.id), .seq(room.head), .moment(row.changedAt), room.last.map { .json($0.json) } ?? .null,
            .optional(conversation?.state.rawValue), .optional(conversation?.snoozedUntil),
            .optional(conversation?.assignee?.kind), .optional(conversation?.assignee?.id),
            .optional(conversation?.assignee?.name), .optional(conversation?.epoch), .optional(conversation?.unread),
            .optional(conversation?.waitingSince), .optional(conversation?.heardAt),
            .optional(conversation?.team?.text), .optional(conversation?.lastAgent?.text),
            .optional(conversation?.resolvedAt),
        ]
    }
}
