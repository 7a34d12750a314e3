import Domain

extension SQLRoomStore {
    /// Throws `not_found` when the room does not exist.
    ///
    /// Locks the room's row: a conversation's count of unread messages stands there and must not miss an append.
    func markRead(_ room: RoomID, by reader: Participant, upTo seq: SequenceNumber) async throws -> ReadOutcome {
        let who = ReadStatements.who(room, reader)
        return try await database.write { [now] session in
            let found = try session.batch([
                SQLStatement(ReadStatements.lock, [.id(room)]),
                SQLStatement(ReadStatements.markers, who),
            ])
            guard var row = found[0].first?.reader else { throw HubError.notFound("room \(room) does not exist") }
            let kind = try row.text(RoomKind.init(rawValue:))
            let head = try row.seq()
            let changedAt = try row.moment()
            let old = try ReadStatements.read(found[1])
            let marker = max(old.marker, min(seq, head))
            let moment = now()
            var statements = [SQLStatement(ReadStatements.unread, who + [.seq(marker)])]
            if marker > old.marker {
                statements.append(
                    SQLStatement(ReadStatements.raise, who + [.seq(marker), .moment(moment)])
                )
            }
            if kind == .conversation, reader.kind == .staff {
                let highest = max(old.agents, marker)
                statements.append(
                    SQLStatement(
                        ReadStatements.lowerConversation,
                        [.id(room), .seq(highest), .moment(max(moment, changedAt))]
                    )
                )
            }
            let results = try session.finish(statements)
            guard var count = results[0].first?.reader else { throw HubError(.internal, "A count has no row.") }
            return ReadOutcome(marker: marker, unread: try count.integer(), didRise: marker > old.marker)
        }
    }

    func readState(of room: RoomID, for reader: Participant) async throws -> ReadState {
        let who = ReadStatements.who(room, reader)
        return try await database.snapshot { session in
            let markers = try ReadStatements.read(session.execute(ReadStatements.markers, who))
            let rows = try session.finish(ReadStatements.unread, who + [.seq(markers.marker)])
            guard var count = rows.first?.reader else { throw HubError(.internal, "A count has no row.") }
            return ReadState(
                marker: markers.marker,
                unread: try count.integer(),
                customerRead: markers.customer,
                agentsRead: markers.agents
            )
        }
    }
}

/// Statements on read markers. `$1` is the room, `$2` and `$3` are the reader.
enum ReadStatements {
    struct Markers {
        let marker: SequenceNumber
        let customer: SequenceNumber
        let agents: SequenceNumber
    }

    static func who(_ room: RoomID, _ reader: Participant) -> [SQLValue] {
        [.id(room), .text(reader.kind.rawValue), .text(reader.id)]
    }

    static func read(_ rows: [SQLRow]) throws(HubError) -> Markers {
        guard var row = rows.first?.reader else { throw HubError(.internal, "An aggregate has no row.") }
        return Markers(marker: try row.seq(), customer: try row.seq(), agents: try row.seq())
    }

    static let lock = SQLText.locking("SELECT r.kind, r.head, r.changed_ms FROM rooms r WHERE r.id = $1", of: "r")

    static let markers: SQLText = """
        SELECT COALESCE(max(CASE WHEN reader_kind = $2 AND reader_id = $3 THEN seq END), 0),
            COALESCE(max(CASE WHEN reader_kind IN ('visitor', 'contact') THEN seq END), 0),
            COALESCE(max(CASE WHEN reader_kind = 'staff' THEN seq END), 0)
        FROM read_markers WHERE room_id = $1
        """

    /// Messages of others after `$4`, as far as anybody counts.
    static let unread = SQLText(
        """
        SELECT count(*) FROM (
            SELECT 1 FROM room_events WHERE room_id = $1 AND type = 'msg' AND seq > $4
                AND NOT (author_kind = $2 AND author_id = $3) LIMIT \(ReadState.maxUnread)
        ) AS counted
        """
    )

    static let raise: SQLText = """
        INSERT INTO read_markers (room_id, reader_kind, reader_id, seq, at_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (room_id, reader_kind, reader_id) DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms
        """

    /// Reading only ever lowers the count: whoever answered has read as well, with or without a marker.
    static let lowerConversation = SQLText(
        """
        WITH left_over AS (
            SELECT count(*) AS messages FROM room_events
            WHERE room_id = $1 AND type = 'msg' AND seq > $2 AND author_kind IN ('visitor', 'contact')
        )
        UPDATE rooms SET unread = left_over.messages, changed_ms = $3
        FROM left_over WHERE rooms.id = $1 AND rooms.unread > left_over.messages
        """
    )
}
