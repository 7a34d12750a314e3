import Domain

/// Values as PostgreSQL's text format takes them.
enum PostgresParameters {
    /// Throws `bad_request` for a text that no column can hold.
    static func texts(of arguments: SQLStatement.Arguments) throws(HubError) -> [String?] {
        switch arguments {
        case .values(let values):
            var texts: [String?] = []
            texts.reserveCapacity(values.count)
            for value in values { texts.append(try text(value)) }
            return texts
        case .rows(let rows, let columns):
            var texts: [String?] = []
            for column in columns.indices { texts.append(try array(of: rows, column)) }
            return texts
        }
    }

    private static func text(_ value: SQLValue) throws(HubError) -> String? {
        try value.checkStorable()
        return switch value {
        case .null: nil
        case .integer(let integer): String(integer)
        case .text(let text): text
        }
    }

    /// One column as an array literal: `{"a","b \"quoted\"",NULL}`.
    private static func array(of rows: [[SQLValue]], _ column: Int) throws(HubError) -> String {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        for (index, row) in rows.enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            let value = row[column]
            try value.checkStorable()
            switch value {
            case .null:
                literal.append(contentsOf: "NULL".utf8)
            case .integer(let integer):
                literal.append(contentsOf: String(integer).utf8)
            case .text(let text):
                literal.append(UInt8(ascii: "\""))
                for byte in text.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
                    literal.append(byte)
                }
                literal.append(UInt8(ascii: "\""))
            }
        }
        literal.append(UInt8(ascii: "}"))
        return String(decoding: literal, as: UTF8.self)
    }
}
