import Domain

/// Recaps over either database.
struct SQLRecapStore: RecapStore {
    let database: any SQLDatabase

    func recap(of room: RoomID) async throws -> Recap? {
        try await database.lookup { session in
            try session.execute(Self.find, [.id(room)]).first.map { row in
                var row = row.reader
                return Recap(try row.text(), upTo: try row.seq())
            }
        }
    }

    func keep(_ recap: Recap, of room: RoomID, readAt moment: Timestamp) async throws {
        try await database.write { session in
            // An erasure holds this row until it has removed everything.
            guard var row = try session.execute(Self.lock, [.id(room)]).first?.reader,
                try row.optionalMoment().map({ $0 < moment }) ?? true
            else { return }
            _ = try session.finish(
                Self.keep, [.id(room), .seq(recap.upTo), .text(recap.text.filter { $0 != "\0" }), .moment(moment)])
        }
    }

    // MARK: Statements

    /// Of an erased person's rooms, as `Erasure` does it.
    static let erase = SQLBulk(
        [.text("id")], "DELETE FROM recaps WHERE EXISTS (SELECT 1 FROM k WHERE k.id = recaps.room_id)")

    private static let find: SQLText = "SELECT text, up_to FROM recaps WHERE room_id = $1"

    private static let lock = SQLText.locking("SELECT r.erased_ms FROM rooms r WHERE r.id = $1", of: "r")

    private static let keep: SQLText = """
        INSERT INTO recaps (room_id, up_to, text, made_ms) VALUES ($1, $2, $3, $4)
        ON CONFLICT (room_id) DO UPDATE SET up_to = excluded.up_to, text = excluded.text, made_ms = excluded.made_ms
        WHERE recaps.up_to < excluded.up_to
        """
}
