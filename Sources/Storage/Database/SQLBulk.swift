/// A statement over many rows, written once; its text names the rows `k`.
///
/// PostgreSQL gets one array per column and runs the statement once over `unnest`. SQLite, where a round trip is a
/// function call, runs the prepared statement once per row. So a body must mean the same either way: it treats
/// each row of `k` for itself.
struct SQLBulk: Sendable {
    private let columns: [SQLColumn]
    private let text: SQLText

    init(_ columns: [SQLColumn], _ body: SQLText) {
        let names = columns.map(\.name).joined(separator: ", ")
        let numbers = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        let arrays = columns.enumerated().map { "$\($0 + 1)::\($1.type.postgresName)[]" }.joined(separator: ", ")
        self.columns = columns
        text = SQLText(
            sqlite: "WITH k(\(names)) AS (VALUES (\(numbers))) \(body.sqlite)",
            postgres: "WITH k(\(names)) AS (SELECT * FROM unnest(\(arrays))) \(body.postgres)"
        )
    }

    func over(_ rows: [[SQLValue]]) -> SQLStatement {
        SQLStatement(text, rows: rows, columns: columns)
    }
}

/// A column of the relation that an `SQLBulk` works on.
struct SQLColumn: Sendable, Equatable {
    enum ColumnType: Sendable, Equatable {
        case text, integer

        var postgresName: String {
            switch self {
            case .text: "text"
            case .integer: "bigint"
            }
        }
    }

    let name: String
    let type: ColumnType

    static func text(_ name: String) -> SQLColumn { SQLColumn(name: name, type: .text) }

    static func integer(_ name: String) -> SQLColumn { SQLColumn(name: name, type: .integer) }
}
