import Domain
import GRDB
import GRDBSQLite
import Glibc

/// A prepared statement, run through SQLite's own functions.
///
/// GRDB prepares and keeps it. Binding and reading through GRDB makes an array, a value and a check for each
/// column, which cost more than SQLite's own work on the short statements of the hub. Not `Sendable`: it lives
/// inside one access, on the thread of its connection.
struct SQLiteCursor {
    /// Kept alive for `handle`.
    private let statement: Statement
    private let handle: SQLiteStatement

    init(_ statement: Statement) {
        self.statement = statement
        handle = statement.sqliteStatement
    }

    /// Runs it once over `values` and appends its rows.
    ///
    /// Throws SQLite's `DatabaseError`, `bad_request` for a text that no column can hold, and `internal` when there
    /// are not as many values as parameters or a column holds a type that the hub does not store.
    func run(_ values: [SQLValue], into rows: inout [SQLRow]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw HubError(.internal, "A statement was given too few or too many values.")
        }
        // It repeats the result of the last step, which was looked at.
        defer { sqlite3_reset(handle) }
        for (value, place) in zip(values, 1...) { try bind(value, Int32(place)) }
        let columns = sqlite3_column_count(handle)
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: rows.append(try row(columns))
            case SQLITE_DONE: return
            default: throw failure
            }
        }
    }

    private func bind(_ value: SQLValue, _ place: Int32) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, place)
            case .integer(let integer): sqlite3_bind_int64(handle, place, integer)
            case .text(let text): try bind(text, place)
            }
        guard code == SQLITE_OK else { throw failure }
    }

    private func bind(_ text: String, _ place: Int32) throws -> Int32 {
        var text = text
        let code: Int32? = text.withUTF8 { bytes in
            // The address is never read when there is nothing to read, but null would bind NULL.
            guard let base = bytes.baseAddress else {
                return sqlite3_bind_text(handle, place, "", 0, Self.copied)
            }
            guard memchr(base, 0, bytes.count) == nil else { return nil }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(handle, place, $0, Int32(bytes.count), Self.copied)
            }
        }
        guard let code else { throw HubError.unstorableText }
        return code
    }

    private func row(_ columns: Int32) throws(HubError) -> SQLRow {
        var values: [SQLValue] = []
        values.reserveCapacity(Int(columns))
        for column in 0..<columns {
            switch sqlite3_column_type(handle, column) {
            case SQLITE_NULL: values.append(.null)
            case SQLITE_INTEGER: values.append(.integer(sqlite3_column_int64(handle, column)))
            case SQLITE_TEXT: values.append(.text(text(column)))
            default: throw HubError(.internal, "A column holds a type that the hub does not store.")
            }
        }
        return SQLRow(values: values)
    }

    private func text(_ column: Int32) -> String {
        // In this order: the first call settles the encoding that the second one counts.
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private var failure: DatabaseError {
        let connection = sqlite3_db_handle(handle)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection))
        )
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift does not import: SQLite copies the text before the call returns.
    ///
    /// sqlite3.h defines it as -1 cast to this type. An `Int` has the size of a C function pointer, and SQLite compares
    /// the value and never calls it (https://www.sqlite.org/c3ref/c_static.html).
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
