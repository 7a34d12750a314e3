import Domain

/// Reads a row's columns from left to right, so that a value's columns and its decoding stand in one order.
///
/// Throws `internal` when a column does not hold what its table promises; the error names the place, never the value.
struct SQLRowReader {
    private let values: [SQLValue]
    private var next = 0

    init(_ values: [SQLValue]) {
        self.values = values
    }

    mutating func optionalText() throws(HubError) -> String? {
        switch try take() {
        case .null: nil
        case .text(let text): text
        case .integer: throw unreadable
        }
    }

    mutating func optionalInteger() throws(HubError) -> Int64? {
        switch try take() {
        case .null: nil
        case .integer(let integer): integer
        case .text: throw unreadable
        }
    }

    mutating func text() throws(HubError) -> String {
        guard let text = try optionalText() else { throw unreadable }
        return text
    }

    mutating func integer() throws(HubError) -> Int64 {
        guard let integer = try optionalInteger() else { throw unreadable }
        return integer
    }

    mutating func flag() throws(HubError) -> Bool { try integer() != 0 }

    mutating func moment() throws(HubError) -> Timestamp { Timestamp(milliseconds: try integer()) }

    mutating func optionalMoment() throws(HubError) -> Timestamp? {
        try optionalInteger().map(Timestamp.init(milliseconds:))
    }

    mutating func seq() throws(HubError) -> SequenceNumber { SequenceNumber(try integer()) }

    mutating func optionalSeq() throws(HubError) -> SequenceNumber? { try optionalInteger().map(SequenceNumber.init) }

    /// A text that `read` understands: an id, a code, a document.
    mutating func text<Value>(_ read: (String) -> Value?) throws(HubError) -> Value {
        guard let value = read(try text()) else { throw unreadable }
        return value
    }

    mutating func optionalText<Value>(_ read: (String) -> Value?) throws(HubError) -> Value? {
        guard let text = try optionalText() else { return nil }
        guard let value = read(text) else { throw unreadable }
        return value
    }

    mutating func json() throws(HubError) -> JSONValue {
        try text(Self.parse)
    }

    mutating func optionalJSON() throws(HubError) -> JSONValue? {
        try optionalText(Self.parse)
    }

    /// A list of texts, from JSON.
    mutating func texts() throws(HubError) -> [String] {
        guard let texts = try json().array?.compactMap(\.string) else { throw unreadable }
        return texts
    }

    /// For what a column alone cannot tell to be wrong.
    var unreadable: HubError {
        HubError(.internal, "A stored row cannot be read at column \(next). Was it written by a newer version?")
    }

    private static func parse(_ text: String) -> JSONValue? {
        try? JSONParser.parse(text, maxDepth: 64)
    }

    private mutating func take() throws(HubError) -> SQLValue {
        guard next < values.count else { throw unreadable }
        defer { next += 1 }
        return values[next]
    }
}
