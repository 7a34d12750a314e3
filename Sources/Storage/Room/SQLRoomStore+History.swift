import Domain

extension SQLRoomStore {
    /// Throws `not_found` when the room does not exist.
    func history(of room: RoomID, _ page: HistoryPage) async throws -> HistorySlice {
        try await database.snapshot { session in
            let results = try session.batch(HistoryStatements.messages(of: room, page))
            guard var headRow = results[0].first?.reader else { throw HubError.notFound("room \(room) does not exist") }
            let head = try headRow.seq()
            var edgeRow = results[2].first?.reader
            let bounds = try HistoryBounds(
                page,
                read: EventRow.read(results[1], session.texts),
                edge: edgeRow?.optionalSeq(),
                head: head
            )
            let rest = try session.finish(HistoryStatements.rest(of: room, bounds))
            return try HistorySlice(
                messages: bounds.messages,
                changes: EventRow.read(rest[0], session.texts),
                notices: EventRow.read(rest[1], session.texts),
                head: head,
                hasMore: bounds.hasMore
            )
        }
    }
}

/// What a page of history reads, in two round trips.
private enum HistoryStatements {
    /// The head, the page's messages and one more, and the nearest message on the other side.
    static func messages(of room: RoomID, _ page: HistoryPage) -> [SQLStatement] {
        let limit = SQLValue.count(page.limit + 1)
        let head = SQLStatement(headOfRoom, [.id(room)])
        return switch page.position {
        case .newest:
            [head, SQLStatement(newest, [.id(room), limit]), SQLStatement(nothing)]
        case .before(let seq):
            [
                head, SQLStatement(before, [.id(room), .seq(seq), limit]),
                SQLStatement(firstFrom, [.id(room), .seq(seq)]),
            ]
        case .after(let seq):
            [
                head, SQLStatement(after, [.id(room), .seq(seq), limit]),
                SQLStatement(lastUpTo, [.id(room), .seq(seq)]),
            ]
        }
    }

    /// A change's target is always a message, so the changes of the page are those with a target in its range.
    static func rest(of room: RoomID, _ bounds: HistoryBounds) -> [SQLStatement] {
        let first = bounds.messages.first?.seq ?? .zero
        let last = bounds.messages.last?.seq ?? .zero
        return [
            SQLStatement(changes, [.id(room), .seq(first), .seq(last)]),
            SQLStatement(notices, [.id(room), .seq(bounds.after), .seq(bounds.upTo)]),
        ]
    }

    private static let headOfRoom: SQLText = "SELECT head FROM rooms WHERE id = $1"

    private static let nothing: SQLText = "SELECT CAST(NULL AS BIGINT)"

    private static let newest = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE e.room_id = $1 AND e.type = 'msg' ORDER BY e.seq DESC LIMIT $2
        """
    )

    private static let before = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE e.room_id = $1 AND e.type = 'msg' AND e.seq < $2 ORDER BY e.seq DESC LIMIT $3
        """
    )

    private static let after = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE e.room_id = $1 AND e.type = 'msg' AND e.seq > $2 ORDER BY e.seq LIMIT $3
        """
    )

    private static let firstFrom: SQLText =
        "SELECT min(seq) FROM room_events WHERE room_id = $1 AND type = 'msg' AND seq >= $2"

    private static let lastUpTo: SQLText =
        "SELECT max(seq) FROM room_events WHERE room_id = $1 AND type = 'msg' AND seq <= $2"

    private static let changes = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE e.room_id = $1 AND e.target >= $2 AND e.target <= $3 AND e.target IS NOT NULL ORDER BY e.seq
        """
    )

    private static let notices = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e
        WHERE e.room_id = $1 AND e.target IS NULL AND e.type <> 'msg' AND e.seq > $2 AND e.seq <= $3 ORDER BY e.seq
        """
    )
}
