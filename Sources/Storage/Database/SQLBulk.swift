/// A statement over many rows, written once; its text names the rows `k`.
///
/// PostgreSQL gets one array per column and runs the statement once over `unnest`. SQLite, where a round trip is a
/// function call, runs the prepared statement once per row. So a body must mean the same either way: it treats
/// each row of `k` for itself. A relation of one row costs SQLite more than the row itself, so a body that runs for
/// every message has a plain statement of its own there.
struct SQLBulk: Sendable {
    private let columns: [SQLColumn]
    private let text: SQLText

    init(_ columns: [SQLColumn], _ body: SQLText) {
        let names = columns.map(\.name).joined(separator: ", ")
        let row = "WITH k(\(names)) AS (VALUES (\(Self.numbers(columns))))"
        self.init(columns, sqlite: "\(row) \(body.sqlite)", postgres: body.postgres)
    }

    /// `sqlite` is a whole statement: `$1`, `$2`, … are the columns of one row. `postgres` is a body over `k`.
    init(_ columns: [SQLColumn], sqlite: String, postgres: String) {
        let names = columns.map(\.name).joined(separator: ", ")
        let arrays = columns.enumerated().map { "$\($0 + 1)::\($1.type.postgresName)[]" }.joined(separator: ", ")
        self.columns = columns
        text = SQLText(
            sqlite: sqlite,
            postgres: "WITH k(\(names)) AS (SELECT * FROM unnest(\(arrays))) \(postgres)"
        )
    }

    /// `$1, $2, …` for the columns.
    static func numbers(_ columns: [SQLColumn]) -> String {
        (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
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
