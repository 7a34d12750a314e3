import Domain

/// Case files as their table stores them.
enum CaseRow {
    /// Of the tables named `r` and `f`.
    static let columns = "\(RoomRow.columns), f.version, f.through_seq, f.file, f.faces"

    static func read(_ row: SQLRow) throws(HubError) -> CaseWork {
        var reader = row.reader
        let room = try RoomRow(reading: &reader).room
        let version = try reader.optionalInteger()
        let through = try reader.optionalSeq()
        let json = try reader.optionalJSON()
        let faces = try readFaces(&reader)
        guard let version, let through else { return CaseWork(room: room, file: nil, faces: []) }
        guard let json else {
            // Of a time before there were files: nothing is known but how far to go on from.
            var file = CaseFile(room: room.id, level: ServiceLevel())
            file.version = version
            file.through = through
            return CaseWork(room: room, file: file, faces: [])
        }
        guard let file = CaseFile(room: room.id, version: version, through: through, json: json) else {
            throw reader.unreadable
        }
        return CaseWork(room: room, file: file, faces: faces)
    }

    static func readFaces(_ reader: inout SQLRowReader) throws(HubError) -> [ClockFace] {
        guard let documents = try reader.optionalJSON()?.array else { return [] }
        return documents.compactMap(ClockFace.init)
    }

    /// In the columns of `keep`.
    static func values(_ kept: KeptCase) -> [SQLValue] {
        let file = kept.file
        return [
            .id(file.room), .integer(file.version + 1), .seq(file.through), .optional(kept.deadline),
            .flag(kept.faces.contains { $0.warnedAt != nil }), .flag(kept.faces.contains { $0.breachedAt != nil }),
            .json(.array(kept.faces.map(\.json))), .json(file.json),
        ]
    }

    /// Only over the row that was read; `WHERE true` tells SQLite that `ON` begins no join.
    static let keep = SQLBulk(
        [
            .text("room_id"), .integer("version"), .integer("through_seq"), .integer("deadline_ms"),
            .integer("warned"), .integer("breached"), .text("faces"), .text("file"),
        ],
        """
        INSERT INTO conversation_clocks (
            room_id, version, through_seq, deadline_ms, warned, breached, faces, file
        ) SELECT room_id, version, through_seq, deadline_ms, warned, breached, faces, file FROM k WHERE true
        ON CONFLICT (room_id) DO UPDATE SET
            version = excluded.version, through_seq = excluded.through_seq, deadline_ms = excluded.deadline_ms,
            warned = excluded.warned, breached = excluded.breached, faces = excluded.faces, file = excluded.file
        WHERE conversation_clocks.version = excluded.version - 1
        RETURNING room_id
        """
    )
}
