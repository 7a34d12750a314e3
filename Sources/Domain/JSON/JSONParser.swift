/// Why a text is not acceptable JSON, and where.
package struct JSONParseError: Error, Equatable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "unexpected character"
        case badNumber = "malformed number"
        case badString = "malformed string"
        case tooDeep = "nested too deeply"
        case duplicateKey = "the same key twice"
    }

    package let reason: Reason
    /// Offset in bytes from the start of the text.
    package let offset: Int

    package var description: String { "not valid JSON: \(reason.rawValue) at byte \(offset)" }
}

/// A strict JSON parser (RFC 8259) with a limit on depth.
///
/// Strict: no trailing commas, no comments, no duplicate keys, no lone surrogates, nothing after the document.
/// The text must be valid UTF-8; the socket has checked that before, a file reader must.
package struct JSONParser {
    /// Levels of arrays and objects that are accepted by default; each level costs a stack frame.
    package static let defaultMaxDepth = 16

    private let bytes: UnsafeRawBufferPointer
    private let maxDepth: Int
    private let acceptsNUL: Bool
    private var index = 0

    private init(bytes: UnsafeRawBufferPointer, maxDepth: Int, acceptsNUL: Bool) {
        self.bytes = bytes
        self.maxDepth = maxDepth
        self.acceptsNUL = acceptsNUL
    }

    /// Parses one document that fills all of `bytes`.
    ///
    /// - Parameter acceptsNUL: Whether strings may hold U+0000, which a text in PostgreSQL cannot; what comes from
    ///   clients may not.
    package static func parse(
        bytes: UnsafeRawBufferPointer,
        maxDepth: Int = defaultMaxDepth,
        acceptsNUL: Bool = true
    ) throws(JSONParseError) -> JSONValue {
        var parser = JSONParser(bytes: bytes, maxDepth: maxDepth, acceptsNUL: acceptsNUL)
        parser.skipWhitespace()
        let value = try parser.value(depth: 0)
        parser.skipWhitespace()
        guard parser.index == bytes.count else { throw parser.failure(.unexpectedByte) }
        return value
    }

    /// Parses one document that fills all of `text`.
    package static func parse(
        _ text: String,
        maxDepth: Int = defaultMaxDepth,
        acceptsNUL: Bool = true
    ) throws(JSONParseError) -> JSONValue {
        var text = text
        let result: Result<JSONValue, JSONParseError> = text.withUTF8 { utf8 in
            do throws(JSONParseError) {
                return .success(
                    try parse(bytes: UnsafeRawBufferPointer(utf8), maxDepth: maxDepth, acceptsNUL: acceptsNUL))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func failure(_ reason: JSONParseError.Reason) -> JSONParseError {
        JSONParseError(
            reason: index >= bytes.count && reason == .unexpectedByte ? .unexpectedEnd : reason, offset: index)
    }

    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        guard index < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        for position in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[position] else {
                throw failure(.unexpectedByte)
            }
            index += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth <= maxDepth else { throw failure(.tooDeep) }
        index += 1
        var members: [String: JSONValue] = [:]
        skipWhitespace()
        if consume(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipWhitespace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let keyOffset = index
            let key = try string()
            skipWhitespace()
            guard consume(UInt8(ascii: ":")) else { throw failure(.unexpectedByte) }
            skipWhitespace()
            let member = try value(depth: depth)
            guard members.updateValue(member, forKey: key) == nil else {
                throw JSONParseError(reason: .duplicateKey, offset: keyOffset)
            }
            skipWhitespace()
            if consume(UInt8(ascii: "}")) { return .object(members) }
            guard consume(UInt8(ascii: ",")) else { throw failure(.unexpectedByte) }
        }
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth <= maxDepth else { throw failure(.tooDeep) }
        index += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if consume(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            skipWhitespace()
            elements.append(try value(depth: depth))
            skipWhitespace()
            if consume(UInt8(ascii: "]")) { return .array(elements) }
            guard consume(UInt8(ascii: ",")) else { throw failure(.unexpectedByte) }
        }
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func number() throws(JSONParseError) -> JSONValue {
        let start = index
        _ = consume(UInt8(ascii: "-"))
        let leading = index
        guard skipDigits() > 0 else { throw failure(.badNumber) }
        if bytes[leading] == UInt8(ascii: "0"), index - leading > 1 { throw failure(.badNumber) }
        var isInteger = true
        if consume(UInt8(ascii: ".")) {
            isInteger = false
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
            isInteger = false
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let double = Double(text), double.isFinite else { throw failure(.badNumber) }
        return .number(double)
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func string() throws(JSONParseError) -> String {
        index += 1
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                index += 1
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw failure(.badString)
            default:
                index += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    /// The rest of a string in which an escape was met at `index`.
    private mutating func escapedString(from start: Int) throws(JSONParseError) -> String {
        var utf8 = [UInt8](bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: utf8, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                try appendEscape(to: &utf8)
            case 0..<0x20:
                throw failure(.badString)
            default:
                utf8.append(byte)
                index += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func appendEscape(to utf8: inout [UInt8]) throws(JSONParseError) {
        guard index < bytes.count else { throw failure(.unexpectedEnd) }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): utf8.append(byte)
        case UInt8(ascii: "b"): utf8.append(0x08)
        case UInt8(ascii: "f"): utf8.append(0x0C)
        case UInt8(ascii: "n"): utf8.append(0x0A)
        case UInt8(ascii: "r"): utf8.append(0x0D)
        case UInt8(ascii: "t"): utf8.append(0x09)
        case UInt8(ascii: "u"): utf8.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw failure(.badString)
        }
    }

    private mutating func unicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
        let unit = try hexUnit()
        guard unit != 0 || acceptsNUL else { throw failure(.badString) }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // A high surrogate must be followed at once by the escape of a low one.
        guard (0xD800...0xDBFF).contains(unit), consume(UInt8(ascii: "\\")), consume(UInt8(ascii: "u")) else {
            throw failure(.badString)
        }
        let low = try hexUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw failure(.badString) }
        return scalar
    }

    private mutating func hexUnit() throws(JSONParseError) -> UInt16 {
        guard index + 4 <= bytes.count else { throw failure(.unexpectedEnd) }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch bytes[index] {
            case let byte where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): digit = byte - 0x30
            case let byte where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte): digit = byte - 0x57
            case let byte where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte): digit = byte - 0x37
            default: throw failure(.badString)
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}
