import Domain

/// What visitors who left were told of, over either database.
struct SQLFollowUpStore: FollowUpStore {
    let database: any SQLDatabase

    func unsettled(since: Timestamp, after room: RoomID?, limit: Int) async throws -> [FollowUpFile] {
        try await database.read { session in
            try session.execute(
                Self.unsettled, [.moment(since), .text(room?.text ?? ""), .count(limit)]
            ).map(Self.file)
        }
    }

    func file(of room: RoomID) async throws -> FollowUpFile? {
        try await database.read { session in try session.execute(Self.ofRoom, [.id(room)]).first.map(Self.file) }
    }

    func settle(_ looked: [(room: RoomID, upTo: SequenceNumber)]) async throws {
        let looked = looked.sorted { $0.room < $1.room }.map { [SQLValue.id($0.room), .seq($0.upTo)] }
        try await database.write { session in _ = try session.finish([Self.settle.over(looked)]) }
    }

    func noteHere(_ rooms: [RoomID], at moment: Timestamp) async throws {
        let here = rooms.sorted().map { [SQLValue.id($0), .moment(moment)] }
        try await database.write { session in _ = try session.finish([Self.noteHere.over(here)]) }
    }

    func owe(_ mail: MailPost, replacing file: FollowUpFile, at moment: Timestamp) async throws -> PostedMail? {
        guard case .followUp(_, let upTo) = mail.order.purpose else {
            throw HubError(.internal, "A mail that is no follow-up was owed as one.")
        }
        return try await database.write { session in
            // The rooms are locked first, as by an append and by an erasure.
            guard let (posted, statements) = try SQLMailStore.owing(mail, session, at: moment),
                let now = try session.execute(Self.ofRoom, [.id(file.room)]).first.map(Self.file),
                now.address == file.address, now.toldUpTo == file.toldUpTo
            else { return nil }
            _ = try session.finish(
                statements + [SQLStatement(Self.tell, [.id(file.room), .seq(upTo), .moment(moment)])])
            return posted
        }
    }

    private static func file(_ row: SQLRow) throws(HubError) -> FollowUpFile {
        var row = row.reader
        return try FollowUpFile(
            room: row.text(RoomID.init),
            visitor: row.text(VisitorID.init),
            address: row.text(),
            locale: row.optionalText(),
            head: row.seq(),
            readUpTo: row.optionalSeq() ?? .zero,
            toldUpTo: row.optionalSeq() ?? .zero,
            toldAt: row.optionalMoment(),
            lookedUpTo: row.optionalSeq() ?? .zero,
            hereAt: row.optionalMoment()
        )
    }

    // MARK: Statements

    private static let select = """
        SELECT r.id, v.id, v.email, v.locale, r.head, m.seq, f.told_seq, f.told_ms, f.looked_seq, f.here_ms
        FROM rooms r JOIN visitors v ON v.id = r.visitor_id
            LEFT JOIN read_markers m ON m.room_id = r.id AND m.reader_kind = 'visitor' AND m.reader_id = v.id
            LEFT JOIN follow_ups f ON f.room_id = r.id
        WHERE r.kind = 'conversation' AND v.email IS NOT NULL
        """

    private static let unsettled = SQLText(
        """
        \(select) AND r.changed_ms >= $1 AND r.id > $2 AND r.head > COALESCE(m.seq, 0)
            AND r.head > COALESCE(f.told_seq, 0) AND r.head > COALESCE(f.looked_seq, 0)
        ORDER BY r.id LIMIT $3
        """
    )

    private static let ofRoom = SQLText("\(select) AND r.id = $1")

    /// `WHERE true` tells SQLite that `ON` begins no join.
    private static let settle = SQLBulk(
        [.text("room_id"), .integer("looked_seq")],
        """
        INSERT INTO follow_ups (room_id, told_seq, looked_seq) SELECT room_id, 0, looked_seq FROM k WHERE true
        ON CONFLICT (room_id) DO UPDATE SET looked_seq = excluded.looked_seq
        WHERE follow_ups.looked_seq < excluded.looked_seq
        """
    )

    private static let noteHere = SQLBulk(
        [.text("room_id"), .integer("here_ms")],
        """
        INSERT INTO follow_ups (room_id, told_seq, looked_seq, here_ms) SELECT room_id, 0, 0, here_ms FROM k WHERE true
        ON CONFLICT (room_id) DO UPDATE SET here_ms = excluded.here_ms
        WHERE COALESCE(follow_ups.here_ms, 0) < excluded.here_ms
        """
    )

    static let tell: SQLText = """
        INSERT INTO follow_ups (room_id, told_seq, told_ms, looked_seq) VALUES ($1, $2, $3, 0)
        ON CONFLICT (room_id) DO UPDATE SET told_seq = excluded.told_seq, told_ms = excluded.told_ms
        """
}
