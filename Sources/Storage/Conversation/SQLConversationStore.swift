import Domain

/// Visitors and their conversations over either database.
struct SQLConversationStore: ConversationStore {
    let database: any SQLDatabase

    func inbox(_ query: InboxQuery) async throws -> [ConversationSummary] {
        let statement = InboxStatement.make(query)
        return try await database.read { session in
            try session.execute(statement).map(ConversationRow.read)
        }
    }

    func inboxCounts(for user: UserID, sight: TeamSight?) async throws -> InboxCounts {
        try await database.read { session in
            let results = try session.batch([
                InboxCountStatements.groups(of: user, sight), InboxCountStatements.labels(sight),
            ])
            let labels = try results[1].map { row in
                var reader = row.reader
                return (try reader.text(LabelID.init), Int(try reader.integer()))
            }
            return InboxCounts(
                try results[0].map(InboxCounts.Group.init(reading:)),
                labels: Dictionary(labels) { first, _ in first })
        }
    }

    /// In the order in which their rooms are first named.
    func summaries(of rooms: [RoomID]) async throws -> [ConversationSummary] {
        guard !rooms.isEmpty else { return [] }
        return try await database.read { session in
            let rows = try session.execute(Self.summariesByRoom.over(rooms.map { [.id($0)] }))
            let found = try rows.map(ConversationRow.read)
            var places: [RoomID: Int] = [:]
            for (place, room) in rooms.enumerated() where places[room] == nil { places[room] = place }
            var seen: Set<RoomID> = []
            return found.filter { seen.insert($0.room.id).inserted }
                .map { ($0, min(places[$0.room.id] ?? .max, places[$0.conversation.side] ?? .max)) }
                .sorted { $0.1 < $1.1 }
                .map(\.0)
        }
    }

    func dueSnoozes(at moment: Timestamp, limit: Int) async throws -> [DueSnooze] {
        try await database.read { session in
            try session.execute(Self.dueSnoozes, [.moment(moment), .count(limit)]).map { row in
                var reader = row.reader
                return try DueSnooze(room: reader.text(RoomID.init), until: reader.moment())
            }
        }
    }

    private static let summariesByRoom = SQLBulk(
        [.text("id")],
        ConversationRow.select(
            """
            WHERE r.kind = 'conversation' AND r.id IN (
                SELECT k.id FROM k UNION SELECT p.parent FROM k JOIN rooms p ON p.id = k.id WHERE p.parent IS NOT NULL
            )
            """
        )
    )

    private static let dueSnoozes: SQLText = """
        SELECT id, snoozed_ms FROM rooms WHERE state = 'snoozed' AND snoozed_ms <= $1 ORDER BY snoozed_ms, id LIMIT $2
        """
}
