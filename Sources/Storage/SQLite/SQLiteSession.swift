import Domain
import GRDB

/// An access to SQLite: every statement runs at once, on the thread of the connection.
struct SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func batch(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try statements.map(run)
    }

    func finish(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try batch(statements)
    }

    private func run(_ statement: SQLStatement) throws -> [SQLRow] {
        let sql = statement.text.sqlite
        let prepared = try statement.isOnce ? database.makeStatement(sql: sql) : database.cachedStatement(sql: sql)
        var rows: [SQLRow] = []
        switch statement.arguments {
        case .values(let values):
            try run(prepared, values, into: &rows)
        case .rows(let keys, _):
            for values in keys { try run(prepared, values, into: &rows) }
        }
        return rows
    }

    private func run(_ prepared: Statement, _ values: [SQLValue], into rows: inout [SQLRow]) throws {
        try prepared.setArguments(StatementArguments(values.map(Self.bound)))
        guard prepared.columnCount > 0 else { return try prepared.execute() }
        let columns = 0..<prepared.columnCount
        let cursor = try Row.fetchCursor(prepared)
        while let row = try cursor.next() {
            rows.append(SQLRow(values: try columns.map { try Self.value(row[$0]) }))
        }
    }

    private static func bound(_ value: SQLValue) throws(HubError) -> DatabaseValue {
        try value.checkStorable()
        switch value {
        case .null: return .null
        case .integer(let integer): return integer.databaseValue
        case .text(let text): return text.databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) throws(HubError) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .string(let text): .text(text)
        case .double, .blob: throw HubError(.internal, "A column holds a type that the hub does not store.")
        }
    }
}
