/// One statement with its values, which are always bound and never part of the text.
struct SQLStatement: Sendable {
    enum Arguments: Sendable {
        /// `$1`, `$2`, …
        case values([SQLValue])
        /// The rows of the relation `k` of an `SQLBulk`.
        case rows([[SQLValue]], columns: [SQLColumn])
    }

    let text: SQLText
    let arguments: Arguments
    /// Not worth keeping prepared: a migration, or a query whose text depends on what is asked.
    let isOnce: Bool

    init(_ text: SQLText, _ values: [SQLValue] = [], isOnce: Bool = false) {
        self.text = text
        arguments = .values(values)
        self.isOnce = isOnce
    }

    init(_ text: SQLText, rows: [[SQLValue]], columns: [SQLColumn]) {
        self.text = text
        arguments = .rows(rows, columns: columns)
        isOnce = false
    }
}
