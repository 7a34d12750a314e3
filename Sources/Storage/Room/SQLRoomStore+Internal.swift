import Domain

extension SQLRoomStore {
    /// Throws `bad_request` for a kind that is not internal, and for a direct room of other than two people.
    func makeRoom(_ new: NewRoom) async throws -> (room: Room, isNew: Bool) {
        let directKey = try Self.directKey(of: new)
        return try await database.write { session in
            let room = Room(
                id: new.id,
                kind: new.kind,
                title: new.title,
                head: .zero,
                parent: nil,
                createdAt: new.at,
                last: nil,
                conversation: nil
            )
            let made = try session.execute(
                Self.insertRoom,
                [.id(new.id), .text(new.kind.rawValue), .text(new.title), .moment(new.at), .optional(directKey)]
            )
            if made.isEmpty {
                guard let row = try session.finish(Self.roomByDirectKey, [.optional(directKey)]).first else {
                    throw HubError(.internal, "A room with this id exists.")
                }
                var reader = row.reader
                return (try RoomRow(reading: &reader).room, false)
            }
            let members = new.kind.hasMembers ? new.members : []
            let rows = members.map { MemberStatements.row(new.id, $0, new.at) }
            _ = try session.finish([MemberStatements.add.over(rows)])
            return (room, true)
        }
    }

    func members(of room: RoomID) async throws -> [Participant] {
        try await database.read { session in
            try session.execute(Self.membersOfRoom, [.id(room)]).map { row in
                var reader = row.reader
                return try EventRow.participant(&reader)
            }
        }
    }

    func internalRooms(of user: UserID) async throws -> [InternalRoom] {
        try await database.snapshot { session in
            let results = try session.finish([
                SQLStatement(Self.roomsOfUser, [.id(user)]),
                SQLStatement(Self.membersOfUsersRooms, [.id(user)]),
            ])
            var members: [RoomID: [Participant]] = [:]
            for row in results[1] {
                var reader = row.reader
                members[try reader.text(RoomID.init), default: []].append(try EventRow.participant(&reader))
            }
            return try results[0].map { row in
                var reader = row.reader
                let room = try RoomRow(reading: &reader).room
                return InternalRoom(room: room, members: members[room.id] ?? [], unread: try reader.integer())
            }
        }
    }

    /// The same for the same two people, whoever of them asks.
    private static func directKey(of new: NewRoom) throws(HubError) -> String? {
        switch new.kind {
        case .channel, .group:
            return nil
        case .direct:
            let people = Set(new.members.map { "\($0.kind.rawValue):\($0.id)" })
            guard people.count == 2 else { throw .badRequest("a direct room has two different members") }
            return people.sorted().joined(separator: " ")
        case .conversation, .side:
            throw .badRequest("a conversation is made together with its visitor")
        }
    }

    // MARK: Statements

    private static let insertRoom: SQLText = """
        INSERT INTO rooms (id, kind, title, head, created_ms, changed_ms, direct_key) VALUES ($1, $2, $3, 0, $4, $4, $5)
        ON CONFLICT DO NOTHING RETURNING id
        """

    private static let roomByDirectKey = SQLText("SELECT \(RoomRow.columns) FROM rooms r WHERE r.direct_key = $1")

    private static let membersOfRoom: SQLText = """
        SELECT member_kind, member_id, member_name FROM room_members
        WHERE room_id = $1 ORDER BY added_ms, member_kind, member_id
        """

    private static let isMember = """
        r.id IN (SELECT m.room_id FROM room_members m WHERE m.member_kind = 'staff' AND m.member_id = $1)
        """

    private static let roomsOfUser = SQLText(
        """
        SELECT \(RoomRow.columns), (
            SELECT count(*) FROM (
                SELECT 1 FROM room_events e WHERE e.room_id = r.id AND e.type = 'msg'
                    AND e.seq > COALESCE((
                        SELECT k.seq FROM read_markers k
                        WHERE k.room_id = r.id AND k.reader_kind = 'staff' AND k.reader_id = $1
                    ), 0)
                    AND NOT (e.author_kind = 'staff' AND e.author_id = $1) LIMIT \(ReadState.maxUnread)
            ) AS counted
        ) FROM rooms r WHERE r.kind = 'channel' OR \(isMember) ORDER BY r.changed_ms DESC, r.id DESC
        """
    )

    private static let membersOfUsersRooms = SQLText(
        """
        SELECT r.room_id, r.member_kind, r.member_id, r.member_name FROM room_members r
        WHERE r.room_id IN (
            SELECT m.room_id FROM room_members m WHERE m.member_kind = 'staff' AND m.member_id = $1
        ) ORDER BY r.room_id, r.added_ms, r.member_kind, r.member_id
        """
    )
}
