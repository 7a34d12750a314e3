import Domain

/// Rooms and their logs over either database.
struct SQLRoomStore: RoomStore {
    let database: any SQLDatabase
    let now: @Sendable () -> Timestamp

    func room(_ id: RoomID) async throws -> Room? {
        try await database.read { session in
            let rows = try session.execute(Self.roomByID, [.id(id)])
            return try rows.first.map { row in
                var reader = row.reader
                return try RoomRow(reading: &reader).room
            }
        }
    }

    func events(of room: RoomID, after: SequenceNumber, limit: Int) async throws -> [RoomEvent] {
        try await database.read { session in
            let rows = try session.execute(Self.eventsAfter, [.id(room), .seq(after), .count(limit)])
            return try EventRow.read(rows, session.texts)
        }
    }

    func changes(since: Timestamp, limit: Int) async throws -> [RoomChange] {
        try await database.read { session in
            try session.execute(Self.changesSince, [.moment(since), .count(limit)]).map { row in
                var reader = row.reader
                return try RoomChange(
                    room: reader.text(RoomID.init),
                    kind: reader.text(RoomKind.init(rawValue:)),
                    head: reader.seq(),
                    changedAt: reader.moment(),
                    erasedAt: reader.optionalMoment()
                )
            }
        }
    }

    static let roomByID = SQLText("SELECT \(RoomRow.columns) FROM rooms r WHERE r.id = $1")

    private static let eventsAfter = SQLText(
        "SELECT \(EventRow.columns) FROM room_events e WHERE e.room_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3"
    )

    private static let changesSince = SQLText(
        "SELECT id, kind, head, changed_ms, erased_ms FROM rooms WHERE changed_ms >= $1 ORDER BY changed_ms, id LIMIT $2"
    )
}
