/// Cuts a stream of bytes into JSON documents: the elements of one array, or one document to a line.
///
/// What an element is made of is not looked at here, only where it ends.
struct JSONItems: Sendable {
    enum Form: Sendable, Equatable {
        /// `[…]`; elements are counted from 1 on.
        case array
        /// One to a line (NDJSON); lines are counted from 1 on, and empty ones are none.
        case lines
    }

    struct Item: Sendable, Equatable {
        let number: Int64
        /// Nil when it is longer than may be.
        let bytes: [UInt8]?
    }

    private enum State: Sendable, Equatable {
        /// Before the array. Can become: `element`.
        case start
        /// Where an element may begin. Can become: `inside`, `end`.
        case element(isFirst: Bool)
        /// Can become: `element`, `end`.
        case inside
        /// Behind the array: nothing but space.
        case end
    }

    private let form: Form
    private let maxItemBytes: Int
    private var state: State
    private var item: [UInt8] = []
    private var isTooLong = false
    private var depth = 0
    private var isInText = false
    private var isEscaped = false
    private var number: Int64 = 1
    private var mark = ByteOrderMark()
    private var items: [Item] = []

    init(_ form: Form, maxItemBytes: Int) {
        self.form = form
        self.maxItemBytes = maxItemBytes
        state = .start
    }

    /// Takes the items that are complete.
    mutating func takeItems() -> [Item] {
        defer { items.removeAll(keepingCapacity: true) }
        return items
    }

    /// Throws `bad_request` for what is no array, where one is expected.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(HubError) {
        for byte in bytes where !mark.swallows(byte) {
            switch form {
            case .array: try readArray(byte)
            case .lines: readLine(byte)
            }
        }
    }

    /// The body ends here. Throws `bad_request` when the array is not closed.
    mutating func end() throws(HubError) {
        switch form {
        case .array: guard state == .end else { throw Self.unclosed }
        case .lines: endItem()
        }
    }

    private static let unclosed = HubError.badRequest("the JSON array is not closed: was the upload cut off?")
    private static let malformed = HubError.badRequest("send a JSON array of codes")

    private mutating func readLine(_ byte: UInt8) {
        guard byte == UInt8(ascii: "\n") else { return append(byte) }
        endItem()
        number += 1
    }

    private mutating func readArray(_ byte: UInt8) throws(HubError) {
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        switch state {
        case .start:
            guard !isSpace else { return }
            guard byte == UInt8(ascii: "[") else { throw Self.malformed }
            state = .element(isFirst: true)
        case .element(let isFirst):
            guard !isSpace else { return }
            if byte == UInt8(ascii: "]") {
                guard isFirst else { throw Self.malformed }
                state = .end
            } else {
                guard byte != UInt8(ascii: ",") else { throw Self.malformed }
                state = .inside
                readInside(byte)
            }
        case .inside:
            readInside(byte)
        case .end:
            guard isSpace else { throw Self.malformed }
        }
    }

    private mutating func readInside(_ byte: UInt8) {
        if isInText {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInText = false
            }
            return append(byte)
        }
        let isClosing = byte == UInt8(ascii: "]")
        if depth <= 0, isClosing || byte == UInt8(ascii: ",") {
            endItem()
            number += 1
            state = isClosing ? .end : .element(isFirst: false)
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        append(byte)
    }

    private mutating func append(_ byte: UInt8) {
        guard item.count < maxItemBytes else {
            isTooLong = true
            return
        }
        item.append(byte)
    }

    private mutating func endItem() {
        let isBlank = item.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        if !isBlank || isTooLong { items.append(Item(number: number, bytes: isTooLong ? nil : item)) }
        item.removeAll(keepingCapacity: true)
        isTooLong = false
        depth = 0
    }
}
