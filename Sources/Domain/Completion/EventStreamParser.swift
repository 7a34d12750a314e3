/// Finds the data of server-sent events, wherever their bytes are cut.
///
/// WHATWG HTML, "Server-sent events" (9.2.6), with one exception: a last event without its blank line counts, because
/// servers leave it out. Names, ids and comments are ignored.
package struct EventStreamParser: Sendable {
    /// An event has more bytes than are taken.
    package struct TooLong: Error, Equatable {
        package let maxBytes: Int
    }

    /// Of one event, its field names included.
    private let maxEventBytes: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var followsReturn = false
    private var isFirstLine = true

    package init(maxEventBytes: Int = 1 << 20) {
        self.maxEventBytes = maxEventBytes
    }

    /// The data of the events that end within these bytes.
    package mutating func feed(_ bytes: Span<UInt8>) throws(TooLong) -> [String] {
        var events: [String] = []
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\n") where followsReturn:
                followsReturn = false
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                followsReturn = byte == UInt8(ascii: "\r")
                if let event = endLine() { events.append(event) }
            default:
                followsReturn = false
                line.append(byte)
                guard line.count + data.count <= maxEventBytes else { throw TooLong(maxBytes: maxEventBytes) }
            }
        }
        return events
    }

    /// The stream has ended: the data of an event that was not closed.
    package mutating func finish() -> String? {
        let last = line.isEmpty ? nil : endLine()
        return last ?? dispatch()
    }

    private mutating func endLine() -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        }
        guard !line.isEmpty else { return dispatch() }
        guard line.starts(with: Self.field) else { return nil }
        var value = line.dropFirst(Self.field.count)
        switch value.first {
        case nil: break
        case UInt8(ascii: ":"):
            value = value.dropFirst()
            if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        // A longer name.
        case .some: return nil
        }
        if hasData { data.append(UInt8(ascii: "\n")) }
        data += value
        hasData = true
        return nil
    }

    private mutating func dispatch() -> String? {
        guard hasData else { return nil }
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static let field = Array("data".utf8)
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
