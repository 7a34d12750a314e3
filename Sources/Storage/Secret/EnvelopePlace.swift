import Domain

/// A column that holds envelopes, and every statement about it.
///
/// Whoever adds such a column adds it to `all`: then its keys are counted and rotated.
struct EnvelopePlace: Sendable {
    static let all = [
        EnvelopePlace("settings", id: "key", column: "value", only: "key = '\(SQLIndexKeyStore.key)'"),
        EnvelopePlace("codes", id: "id", column: "sealed"),
        EnvelopePlace("integration_secrets", id: "id", column: "sealed"),
        EnvelopePlace("hook_secrets", id: "id", column: "sealed"),
    ]

    /// `table.column`
    let name: String
    /// Rows of (key, number); the key is empty for what is no envelope.
    let count: SQLText
    /// Rows of (id, envelope): $1 the key they must not name, $2 the last id before them, $3 how many.
    let page: SQLText
    /// Answers the ids of the rows it changed.
    let replace: SQLBulk

    /// - Parameters:
    ///   - id: The column that identifies the record, compared by its bytes.
    ///   - condition: Which rows of the table have the column for envelopes; all where it is not null when not given.
    init(_ table: String, id: String, column: String, only condition: String? = nil) {
        let present = condition ?? "\(column) IS NOT NULL"
        let key = Self.keyName(in: column)
        name = table + "." + column
        count = key.map { "SELECT \($0), count(*) FROM \(table) WHERE \(present) GROUP BY 1 ORDER BY 1" }
        page = key.map { key in
            """
            SELECT \(id), \(column) FROM \(table) WHERE \(present) AND \(key) <> $1 AND \(id) > $2
            ORDER BY \(id) LIMIT $3
            """
        }
        replace = SQLBulk(
            [.text("id"), .text("old"), .text("new")],
            SQLText(
                """
                UPDATE \(table) SET \(column) = k.new FROM k
                WHERE \(table).\(id) = k.id AND \(table).\(column) = k.old RETURNING \(table).\(id)
                """
            )
        )
    }

    /// The third field of an envelope's text.
    private static func keyName(in column: String) -> SQLText {
        let head = SealedSecret.head
        let rest = "substr(\(column), \(head.utf8.count + 1))"
        let isEnvelope = "substr(\(column), 1, \(head.utf8.count)) = '\(head)'"
        return SQLText(
            sqlite: "CASE WHEN \(isEnvelope) THEN substr(\(rest), 1, instr(\(rest), '|') - 1) ELSE '' END",
            postgres: "CASE WHEN \(isEnvelope) THEN split_part(\(rest), '|', 1) ELSE '' END"
        )
    }
}

extension SQLText {
    /// The same around both dialects' texts.
    fileprivate func map(_ around: (String) -> String) -> SQLText {
        SQLText(sqlite: around(sqlite), postgres: around(postgres))
    }
}
