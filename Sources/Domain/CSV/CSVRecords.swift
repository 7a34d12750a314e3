/// Cuts a stream of bytes into the records of a CSV file (RFC 4180), in whatever pieces it comes.
///
/// Takes LF, CRLF and CR as line ends, and a byte order mark at the start. A record that breaks the rules is told and
/// left at the next line end. Empty lines are no records.
struct CSVRecords: Sendable {
    struct Record: Sendable, Equatable {
        /// Where it begins, from 1 on.
        let line: Int64
        let content: Content

        enum Content: Sendable, Equatable {
            case fields([String])
            case flaw(code: String, detail: String)
        }
    }

    private enum State: Sendable {
        /// At the start of a field. Can become: `plain`, `quoted`, `broken`.
        case fieldStart
        /// Can become: `fieldStart`, `broken`.
        case plain
        /// Can become: `quoteInQuotes`, `broken`.
        case quoted
        /// A quote that ends the field or is the first of two. Can become: `quoted`, `fieldStart`, `broken`.
        case quoteInQuotes
        /// The rest of the line is passed over. Can become: `fieldStart`.
        case broken
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let maxRecordBytes: Int
    private var state = State.fieldStart
    private var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var recordBytes = 0
    private var line: Int64 = 1
    private var recordLine: Int64 = 1
    private var isAfterCarriageReturn = false
    private var hasQuotes = false
    private var mark = ByteOrderMark()
    private(set) var records: [Record] = []

    init(maxRecordBytes: Int) {
        self.maxRecordBytes = maxRecordBytes
    }

    /// Takes the records that are complete.
    mutating func takeRecords() -> [Record] {
        defer { records.removeAll(keepingCapacity: true) }
        return records
    }

    mutating func read(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where !mark.swallows(byte) { read(byte) }
    }

    /// The file ends here.
    mutating func end() {
        if case .quoted = state { fail("quotes", "a quote is opened and not closed") }
        endRecord()
    }

    private mutating func read(_ byte: UInt8) {
        let isLineFeedOfPair = isAfterCarriageReturn && byte == Self.newline
        isAfterCarriageReturn = byte == Self.carriageReturn
        let isLineEnd = byte == Self.newline || byte == Self.carriageReturn
        if isLineEnd, !isLineFeedOfPair { line += 1 }
        switch state {
        case .quoted:
            if byte == Self.quote { state = .quoteInQuotes } else { append(byte) }
            return
        case .quoteInQuotes:
            if byte == Self.quote {
                state = .quoted
                append(byte)
                return
            }
            if !isLineEnd, byte != Self.comma {
                fail("quotes", "something stands behind a closing quote")
                return
            }
        case .fieldStart:
            if byte == Self.quote {
                state = .quoted
                hasQuotes = true
                return
            }
        case .plain:
            if byte == Self.quote {
                fail("quotes", "a quote stands inside a field that does not begin with one")
                return
            }
        case .broken:
            break
        }
        if isLineEnd {
            if isLineFeedOfPair { recordLine = line } else { endRecord() }
        } else if case .broken = state {
            return
        } else if byte == Self.comma {
            recordBytes += 1
            endField()
        } else {
            state = .plain
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        recordBytes += 1
        guard recordBytes <= maxRecordBytes else { return failTooLong() }
        field.append(byte)
    }

    private mutating func endField() {
        guard recordBytes <= maxRecordBytes else { return failTooLong() }
        fields.append(field)
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private mutating func failTooLong() {
        fail("too_long", "the line is longer than \(maxRecordBytes) bytes")
    }

    private mutating func fail(_ code: String, _ detail: String) {
        records.append(Record(line: recordLine, content: .flaw(code: code, detail: detail)))
        fields.removeAll(keepingCapacity: true)
        field.removeAll(keepingCapacity: true)
        state = .broken
    }

    private mutating func endRecord() {
        if case .broken = state {
        } else if !fields.isEmpty || !field.isEmpty || hasQuotes {
            endField()
            let texts = fields.compactMap { String(validating: $0, as: UTF8.self) }
            let content: Record.Content =
                texts.count == fields.count ? .fields(texts) : .flaw(code: "encoding", detail: "the line is not UTF-8")
            records.append(Record(line: recordLine, content: content))
        }
        fields.removeAll(keepingCapacity: true)
        field.removeAll(keepingCapacity: true)
        recordBytes = 0
        hasQuotes = false
        state = .fieldStart
        recordLine = line
    }
}

/// Passes over the byte order mark of UTF-8 at the start of a text.
struct ByteOrderMark: Sendable {
    private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    private var seen: Int? = 0

    /// Whether the byte belongs to the mark. Half a mark is no UTF-8, so nothing is lost with it.
    mutating func swallows(_ byte: UInt8) -> Bool {
        guard let index = seen else { return false }
        guard byte == Self.bytes[index] else {
            seen = nil
            return false
        }
        seen = index + 1 < Self.bytes.count ? index + 1 : nil
        return true
    }
}
