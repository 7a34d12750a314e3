import Domain
import GRDB

/// An access to SQLite: every statement runs at once, on the thread of the connection.
struct SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    let texts: TextCloak
    private let database: Database

    init(_ database: Database, _ texts: TextCloak) {
        self.database = database
        self.texts = texts
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
        let cursor = SQLiteCursor(prepared)
        var rows: [SQLRow] = []
        switch statement.arguments {
        case .values(let values):
            try cursor.run(values, into: &rows)
        case .rows(let keys, _):
            for values in keys { try cursor.run(values, into: &rows) }
        }
        return rows
    }
}
