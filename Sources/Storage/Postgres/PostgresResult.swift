import CPostgres
import Domain

/// A result of libpq; freed with this value.
struct PostgresResult: ~Copyable {
    private let pointer: OpaquePointer

    init?(_ pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// What the server says went wrong; `lost` when it did not get to say it.
    var failure: PostgresFailure {
        guard let state = field(Field.sqlState) else { return PostgresFailure(.lost) }
        return PostgresFailure(state: state, constraint: field(Field.constraintName))
    }

    /// Throws `internal` for a column of a type that the hub does not store.
    func rows() throws(HubError) -> [SQLRow] {
        let width = PQnfields(pointer)
        let types = (0..<width).map { PQftype(pointer, $0) }
        var rows: [SQLRow] = []
        rows.reserveCapacity(Int(PQntuples(pointer)))
        for row in 0..<PQntuples(pointer) {
            var values: [SQLValue] = []
            values.reserveCapacity(Int(width))
            for column in 0..<width { values.append(try value(row, column, types[Int(column)])) }
            rows.append(SQLRow(values: values))
        }
        return rows
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws(HubError) -> SQLValue {
        guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else { return .null }
        let count = Int(PQgetlength(pointer, row, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case TypeID.bool:
            return .integer(text == "t" ? 1 : 0)
        case TypeID.int8, TypeID.int4, TypeID.int2:
            guard let integer = Int64(text) else { throw Self.foreignType }
            return .integer(integer)
        case TypeID.text, TypeID.varchar, TypeID.name, TypeID.void, TypeID.regclass, TypeID.unknown:
            return .text(text)
        default:
            throw Self.foreignType
        }
    }

    private func field(_ code: UnicodeScalar) -> String? {
        PQresultErrorField(pointer, Int32(code.value)).map { String(cString: $0) }
    }

    private static let foreignType = HubError(.internal, "A column holds a type that the hub does not store.")

    /// `PG_DIAG_…` of libpq, which are C characters.
    private enum Field {
        static let sqlState: UnicodeScalar = "C"
        static let constraintName: UnicodeScalar = "n"
    }

    /// Fixed object ids of `pg_type`.
    private enum TypeID {
        static let bool: Oid = 16
        static let name: Oid = 19
        static let int8: Oid = 20
        static let int2: Oid = 21
        static let int4: Oid = 23
        static let text: Oid = 25
        static let unknown: Oid = 705
        static let varchar: Oid = 1043
        static let regclass: Oid = 2205
        static let void: Oid = 2278
    }
}
