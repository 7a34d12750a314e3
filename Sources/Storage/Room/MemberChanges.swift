import Domain

/// What an append's membership events leave in `room_members`: the last word on each person counts.
struct MemberChanges {
    private struct Seat: Hashable {
        let room: RoomID
        let kind: Participant.Kind
        let id: String
    }

    /// In the columns of `MemberStatements.remove`.
    private(set) var removed: [[SQLValue]] = []
    /// In the columns of `MemberStatements.add`.
    private(set) var added: [[SQLValue]] = []

    init(_ decision: AppendBatch.Decision) {
        var last: [Seat: (change: EventContent.MembershipChange, who: Participant, at: Timestamp)] = [:]
        for event in decision.events {
            guard case .membership(let change, let who) = event.content,
                decision.changed[event.room]?.room.kind.hasMembers == true
            else { continue }
            last[Seat(room: event.room, kind: who.kind, id: who.id)] = (change, who, event.at)
        }
        for (seat, (change, who, at)) in last {
            switch change {
            case .removed: removed.append(MemberStatements.key(seat.room, who))
            case .added: added.append(MemberStatements.row(seat.room, who, at))
            }
        }
    }
}

/// Statements on `room_members`.
enum MemberStatements {
    static let remove = SQLBulk(
        [.text("room_id"), .text("member_kind"), .text("member_id")],
        """
        DELETE FROM room_members
        WHERE (room_id, member_kind, member_id) IN (SELECT room_id, member_kind, member_id FROM k)
        """
    )

    /// `WHERE true` tells SQLite that `ON` begins no join.
    static let add = SQLBulk(
        [.text("room_id"), .text("member_kind"), .text("member_id"), .text("member_name"), .integer("added_ms")],
        """
        INSERT INTO room_members (room_id, member_kind, member_id, member_name, added_ms)
        SELECT room_id, member_kind, member_id, member_name, added_ms FROM k WHERE true
        ON CONFLICT (room_id, member_kind, member_id) DO UPDATE SET member_name = excluded.member_name
        """
    )

    static func key(_ room: RoomID, _ who: Participant) -> [SQLValue] {
        [.id(room), .text(who.kind.rawValue), .text(who.id)]
    }

    static func row(_ room: RoomID, _ who: Participant, _ moment: Timestamp) -> [SQLValue] {
        key(room, who) + [.text(who.name), .moment(moment)]
    }
}
