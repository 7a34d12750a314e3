import Domain

/// Case files over either database.
struct SQLCaseStore: CaseStore {
    let database: any SQLDatabase

    func behind(since: Timestamp, limit: Int, events: Int) async throws -> [CaseWork] {
        try await database.read { session in
            let works = try session.execute(Self.behind, [.moment(since), .count(limit)]).map(CaseRow.read)
            let keys: [[SQLValue]] = works.map { work in
                let through = work.file?.through ?? .zero
                return [.id(work.room.id), .seq(through), .seq(SequenceNumber(through.value + Int64(events)))]
            }
            guard !keys.isEmpty else { return [] }
            let found = try EventRow.read(session.execute(Self.unseen.over(keys)), session.texts)
            let byRoom = Dictionary(grouping: found, by: \.room)
            return works.map { work in
                var work = work
                work.events = byRoom[work.room.id] ?? []
                return work
            }
        }
    }

    func due(at moment: Timestamp, limit: Int) async throws -> [CaseWork] {
        try await database.read { session in
            try session.execute(Self.due, [.moment(moment), .count(limit)]).map(CaseRow.read)
        }
    }

    func keep(_ cases: [KeptCase], at moment: Timestamp) async throws -> Set<RoomID> {
        guard !cases.isEmpty else { return [] }
        // In the order of ids, as all that touches several rooms.
        let cases = cases.sorted { $0.file.room < $1.file.room }
        return try await database.write { session in
            let news = cases.filter(\.isNews).map { [SQLValue.id($0.file.room)] }
            if !news.isEmpty { _ = try session.execute(Self.lockRooms.over(news)) }
            let rows = try session.execute(CaseRow.keep.over(cases.map(CaseRow.values)))
            var kept: Set<RoomID> = []
            for row in rows {
                var reader = row.reader
                kept.insert(try reader.text(RoomID.init))
            }
            let touched = cases.filter { $0.isNews && kept.contains($0.file.room) }
            let statements = touched.map { SQLStatement(Self.touch, [.id($0.file.room), .moment(moment)]) }
            if !statements.isEmpty { _ = try session.finish(statements) }
            return kept
        }
    }

    // MARK: Statements

    private static let behind = SQLText(
        """
        SELECT \(CaseRow.columns) FROM rooms r LEFT JOIN conversation_clocks f ON f.room_id = r.id
        WHERE r.kind = 'conversation' AND r.changed_ms >= $1 AND COALESCE(f.through_seq, 0) < r.head
        ORDER BY r.changed_ms, r.id LIMIT $2
        """
    )

    /// Numbers of a log have no gaps.
    private static let unseen = SQLBulk(
        [.text("room_id"), .integer("after_seq"), .integer("through_seq")],
        sqlite: """
            SELECT \(EventRow.columns) FROM room_events e
            WHERE e.room_id = $1 AND e.seq > $2 AND e.seq <= $3 ORDER BY e.seq
            """,
        postgres: """
            SELECT \(EventRow.columns) FROM k CROSS JOIN room_events e
            WHERE e.room_id = k.room_id AND e.seq > k.after_seq AND e.seq <= k.through_seq ORDER BY e.room_id, e.seq
            """
    )

    private static let due = SQLText(
        """
        SELECT \(CaseRow.columns) FROM conversation_clocks f JOIN rooms r ON r.id = f.room_id
        WHERE f.deadline_ms <= $1 AND f.through_seq = r.head ORDER BY f.deadline_ms, f.room_id LIMIT $2
        """
    )

    private static let lockRooms = SQLBulk(
        [.text("id")],
        sqlite: "SELECT id FROM rooms WHERE id = $1",
        postgres: "SELECT r.id FROM rooms r WHERE r.id IN (SELECT id FROM k) ORDER BY r.id FOR UPDATE OF r"
    )

    private static let touch: SQLText = "UPDATE rooms SET changed_ms = $2 WHERE id = $1 AND changed_ms < $2"
}
