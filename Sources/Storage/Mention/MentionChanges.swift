import Domain

/// What an append's events leave in `mentions`: the last word on each message counts.
///
/// An edit leaves the mentions that stay as they were, so that nobody is told of one twice.
struct MentionChanges {
    private struct Seat: Hashable {
        let message: AppendBatch.RoomSeq
        let user: UserID
    }

    /// Of messages that were edited or deleted: who is still mentioned.
    private var left: [AppendBatch.RoomSeq: [UserID]] = [:]
    private var made: [Seat: RoomEvent] = [:]

    init(_ decision: AppendBatch.Decision) {
        for event in decision.events {
            switch event.content {
            case .message(let body, _):
                guard case .mentioning(let text) = body else { continue }
                add(text, of: event.seq, by: event)
            case .edit(let target, let body):
                guard decision.changed[event.room]?.room.kind != .conversation else { continue }
                guard case .mentioning(let text) = body else {
                    keep([], of: target, in: event.room)
                    continue
                }
                keep(text.people.map(\.user), of: target, in: event.room)
                add(text, of: target, by: event)
            case .deletion(let target):
                guard decision.changed[event.room]?.room.kind != .conversation else { continue }
                keep([], of: target, in: event.room)
            case .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run:
                continue
            }
        }
    }

    private mutating func keep(_ users: [UserID], of seq: SequenceNumber, in room: RoomID) {
        let message = AppendBatch.RoomSeq(room: room, seq: seq)
        left[message] = users
        for seat in made.keys where seat.message == message && !users.contains(seat.user) { made[seat] = nil }
    }

    /// Who mentions themselves knows it.
    private mutating func add(_ text: MentioningText, of seq: SequenceNumber, by event: RoomEvent) {
        let message = AppendBatch.RoomSeq(room: event.room, seq: seq)
        for person in text.people where person.user.text != event.author.id {
            let seat = Seat(message: message, user: person.user)
            made[seat] = made[seat] ?? event
        }
    }

    /// In the columns of `MentionStatements.keep`.
    var kept: [[SQLValue]] {
        left.map { message, users in
            [.id(message.room), .seq(message.seq), .text(" " + users.map { $0.text + " " }.joined())]
        }
    }

    /// In the columns of `MentionStatements.add`.
    var added: [[SQLValue]] {
        made.map { seat, event in
            [.id(seat.user), .id(seat.message.room), .seq(seat.message.seq), .seq(event.seq), .moment(event.at)]
        }
    }
}

/// Statements on `mentions` that an append and an erasure make.
enum MentionStatements {
    /// Those of the named people who are active members of staff, and whether they are members of the room.
    static let colleagues = SQLBulk(
        [.text("room_id"), .text("id")],
        """
        SELECT k.room_id, u.id, u.name, EXISTS (
            SELECT 1 FROM room_members m
            WHERE m.room_id = k.room_id AND m.member_kind = 'staff' AND m.member_id = u.id
        ) FROM k CROSS JOIN users u WHERE u.id = k.id AND u.disabled = 0
        """
    )

    /// Takes away what is mentioned in a message no more; `users` are ids between blanks.
    static let keep = SQLBulk(
        [.text("room_id"), .integer("seq"), .text("users")],
        """
        DELETE FROM mentions WHERE EXISTS (
            SELECT 1 FROM k WHERE k.room_id = mentions.room_id AND k.seq = mentions.seq
                AND k.users NOT LIKE '% ' || mentions.user_id || ' %'
        )
        """
    )

    static let add = SQLBulk(
        [.text("user_id"), .text("room_id"), .integer("seq"), .integer("event_seq"), .integer("at_ms")],
        """
        INSERT INTO mentions (user_id, room_id, seq, event_seq, at_ms)
        SELECT user_id, room_id, seq, event_seq, at_ms FROM k WHERE true
        ON CONFLICT (user_id, room_id, seq) DO NOTHING
        """
    )

    /// Nobody looks for what an erased room does not say any more.
    static let erase = SQLBulk(
        [.text("id")], "DELETE FROM mentions WHERE EXISTS (SELECT 1 FROM k WHERE k.id = mentions.room_id)")
}
