import Domain

/// Labels as their table stores them.
enum LabelRow {
    /// Of the table named `d`.
    static let columns = "d.id, d.created_ms, d.changed_ms, d.version, d.name_ar, d.name_en, d.color"

    static func read(_ row: SQLRow) throws(HubError) -> Label {
        var row = row.reader
        var label = Label(id: try row.text(LabelID.init), at: try row.moment())
        label.changedAt = try row.moment()
        label.version = try row.integer()
        label.nameAr = try row.text()
        label.nameEn = try row.optionalText()
        label.color = try row.text()
        return label
    }

    static func insert(_ label: Label) -> SQLStatement { SQLStatement(insert, values(label)) }

    static func update(_ label: Label) -> SQLStatement { SQLStatement(update, values(label)) }

    /// What tells one label from another.
    static func key(_ label: Label) -> String {
        let folded = SearchText.fold(label.nameAr)
        return folded.isEmpty ? label.nameAr : folded
    }

    private static func values(_ label: Label) -> [SQLValue] {
        [
            .id(label.id), .moment(label.createdAt), .moment(label.changedAt), .integer(label.version),
            .text(label.nameAr), .text(key(label)), .optional(label.nameEn), .text(label.color),
            .text(SearchText.fold(label.searchText)),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO labels (id, created_ms, changed_ms, version, name_ar, name_key, name_en, color, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE labels SET
            created_ms = $2, changed_ms = $3, version = $4, name_ar = $5, name_key = $6, name_en = $7, color = $8,
            search = $9
        WHERE id = $1
        """

    // MARK: On conversations

    /// The labels of the room named `r` as a JSON list; null or `[]` for none.
    static let listed = SQLText(
        sqlite: """
            (SELECT json_group_array(json_object(\(members))) FROM conversation_labels x
                JOIN labels d ON d.id = x.label_id WHERE x.room_id = r.id)
            """,
        postgres: """
            (SELECT CAST(json_agg(json_build_object(\(members))) AS TEXT) FROM conversation_labels x
                JOIN labels d ON d.id = x.label_id WHERE x.room_id = r.id)
            """
    )

    private static let members = "'id', d.id, 'name_ar', d.name_ar, 'name_en', d.name_en, 'color', d.color"

    /// Reads `listed`.
    static func readListed(_ row: inout SQLRowReader) throws(HubError) -> [LabelMark] {
        guard let json = try row.optionalJSON() else { return [] }
        guard let marks = LabelMark.list(json: json) else { throw row.unreadable }
        return marks.sortedByName
    }
}

extension [LabelMark] {
    var sortedByName: [LabelMark] { sorted { ($0.nameAr, $0.id) < ($1.nameAr, $1.id) } }
}
