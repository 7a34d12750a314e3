/// A row of a result.
struct SQLRow: Sendable, Equatable {
    let values: [SQLValue]

    /// Reads the columns from left to right.
    var reader: SQLRowReader { SQLRowReader(values) }
}
