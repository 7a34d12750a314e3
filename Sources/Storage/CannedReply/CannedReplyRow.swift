import Domain

/// Canned replies as their table stores them.
enum CannedReplyRow {
    /// Of the table named `c`.
    static let columns = "c.id, c.created_ms, c.changed_ms, c.version, c.team_id, c.shortcut, c.text_ar, c.text_en"

    static func read(_ row: SQLRow) throws(HubError) -> CannedReplyEntry {
        var row = row.reader
        let id = try row.text(CannedReplyID.init)
        let createdAt = try row.moment()
        let changedAt = try row.moment()
        let version = try row.integer()
        let team = try row.optionalText(TeamID.init)
        let reply = try CannedReply(
            shortcut: row.text(), textAr: row.optionalText(), textEn: row.optionalText())
        var entry = CannedReplyEntry(id: id, team: team, reply: reply, at: createdAt)
        entry.changedAt = changedAt
        entry.version = version
        return entry
    }

    static func insert(_ entry: CannedReplyEntry) -> SQLStatement { SQLStatement(insert, values(entry)) }

    static func update(_ entry: CannedReplyEntry) -> SQLStatement { SQLStatement(update, values(entry)) }

    static func key(_ shortcut: String) -> String { shortcut.lowercased() }

    private static func values(_ entry: CannedReplyEntry) -> [SQLValue] {
        let reply = entry.reply
        return [
            .id(entry.id), .moment(entry.createdAt), .moment(entry.changedAt), .integer(entry.version),
            .optional(entry.team?.text), .text(reply.shortcut), .text(key(reply.shortcut)),
            .optional(reply.arabic?.source), .optional(reply.english?.source),
            .text(SearchText.fold(entry.searchText)),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO canned_replies (
            id, created_ms, changed_ms, version, team_id, shortcut, shortcut_key, text_ar, text_en, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE canned_replies SET
            created_ms = $2, changed_ms = $3, version = $4, team_id = $5, shortcut = $6, shortcut_key = $7,
            text_ar = $8, text_en = $9, search = $10
        WHERE id = $1
        """
}
