import Domain

/// Files that are owed to the log over either database.
struct SQLWhatsAppFileStore: WhatsAppFileStore {
    let database: any SQLDatabase

    func claim(limit: Int, at moment: Timestamp, lease: Duration) async throws -> [WhatsAppFile] {
        let isDue = try await database.read { session in
            try !session.execute(Self.anyDue, [.moment(moment)]).isEmpty
        }
        guard isDue else { return [] }
        return try await database.write { session in
            try session.finish(Self.claim, [.moment(moment), .count(limit), .moment(moment + lease)]).map(Self.read)
        }
    }

    func finish(_ message: String) async throws {
        try await database.write { session in _ = try session.finish(Self.finish, [.text(message)]) }
    }

    func postpone(_ message: String, until due: Timestamp, because reason: String) async throws {
        try await database.write { session in
            _ = try session.finish(Self.postpone, [.text(message), .moment(due), .text(reason)])
        }
    }

    /// What is owed for a message, to be written with its place.
    static func owe(_ file: WhatsAppFile) -> SQLStatement {
        let media = file.media
        return SQLStatement(
            insert,
            [
                .text(file.message), .text(file.number), .id(file.place.room), .seq(file.place.seq),
                .json(file.author.json), .text(media.kind.rawValue), .text(media.id), .optional(media.type),
                .optional(media.digest), .optional(media.caption), .optional(media.name), .flag(media.isVoice),
                .flag(media.isAnimated), .moment(file.sentAt),
            ])
    }

    private static func read(_ row: SQLRow) throws(HubError) -> WhatsAppFile {
        var row = row.reader
        let message = try row.text()
        let number = try row.text()
        let place = WhatsAppPlace(room: try row.text(RoomID.init), seq: try row.seq())
        guard let author = Participant(json: try row.json()) else { throw row.unreadable }
        let kind = try row.text(WhatsAppMedia.Kind.init)
        let media = try WhatsAppMedia(
            kind: kind,
            id: row.text(),
            type: row.optionalText(),
            digest: row.optionalText(),
            caption: row.optionalText(),
            name: row.optionalText(),
            isVoice: row.flag(),
            isAnimated: row.flag()
        )
        return WhatsAppFile(
            message: message, number: number, place: place, author: author, media: media, sentAt: try row.moment(),
            attempts: try row.integer())
    }

    private static let columns = """
        message_id, number_id, room_id, seq, author, kind, media_id, type, digest, caption, name, voice, animated, \
        sent_ms
        """

    private static let insert = SQLText(
        """
        INSERT INTO whatsapp_files (\(columns), attempts, due_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0) ON CONFLICT DO NOTHING
        """
    )

    private static let anyDue: SQLText = "SELECT 1 FROM whatsapp_files WHERE due_ms <= $1 LIMIT 1"

    private static let claim: SQLText = {
        let due = "SELECT message_id FROM whatsapp_files WHERE due_ms <= $1 ORDER BY due_ms, message_id LIMIT $2"
        func text(_ due: String) -> String {
            """
            UPDATE whatsapp_files SET due_ms = $3, attempts = attempts + 1 WHERE message_id IN (\(due))
            RETURNING \(columns), attempts
            """
        }
        return SQLText(sqlite: text(due), postgres: text("\(due) FOR UPDATE SKIP LOCKED"))
    }()

    private static let finish: SQLText = "DELETE FROM whatsapp_files WHERE message_id = $1"

    private static let postpone: SQLText = "UPDATE whatsapp_files SET due_ms = $2, error = $3 WHERE message_id = $1"
}
