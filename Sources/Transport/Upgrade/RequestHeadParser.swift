package import NIOCore

/// Recognises a request for a socket path and reads its head (RFC 9112 sections 2 to 5).
///
/// It looks at the first bytes of a connection. As soon as they cannot be a request for one of the socket paths it says
/// `.notForUs`, with nothing consumed, and the HTTP pipeline starts from the first byte. For a socket path it is strict:
/// a handshake comes from a browser or a library, never from a terminal, so whatever is malformed is refused. Lines end
/// with CRLF, there is no white space before a colon, no folded line and no control character.
///
/// Append what was read to the same buffer and call `parse` again after `.needMore`; no byte is looked at twice.
package struct RequestHeadParser: Sendable {
    package enum Step: Hashable, Sendable {
        case needMore
        /// The head is complete and consumed; what follows it is left in the buffer.
        case head(RequestHead)
        case notForUs
        case refuse(UpgradeRefusal)
    }

    private enum State: Sendable {
        /// Not known yet whether the path is ours. Can become: `requestLine`.
        case recognising
        /// Ours; the first line is not complete. Can become: `fields`.
        case requestLine
        case fields(RequestHead)
    }

    /// Longer than any method that is registered.
    private static let maxMethodBytes = 24

    private let paths: [String]
    private let maxBytes: Int
    private let maxFields: Int
    private var state = State.recognising
    /// Where the unfinished line begins, and how far it holds no line end, from the buffer's reader index on.
    private var lineStart = 0
    private var scanned = 0

    /// - Parameter paths: the socket paths, which have to match byte for byte.
    package init(paths: [String], limits: SocketLimits) {
        self.paths = paths
        self.maxBytes = limits.maxHeadBytes
        self.maxFields = limits.maxHeadFields
    }

    package mutating func parse(_ input: inout ByteBuffer) -> Step {
        let step = input.withUnsafeReadableBytes { self.parse($0) }
        if case .head = step { input.moveReaderIndex(forwardBy: self.lineStart) }
        return step
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) -> Step {
        if case .recognising = self.state {
            switch self.recognise(bytes) {
            case .some(true): self.state = .requestLine
            case .some(false): return .notForUs
            case nil: return .needMore
            }
        }
        do throws(UpgradeRefusal) {
            while let line = try self.nextLine(in: bytes) {
                if let head = try self.take(line) { return .head(head) }
            }
            return .needMore
        } catch {
            return .refuse(error)
        }
    }

    /// Whether the request line is for a socket path, or nil while it could still become one.
    private func recognise(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        let method = bytes.prefix(Self.maxMethodBytes).prefix(while: HTTPGrammar.isTokenByte)
        guard method.endIndex < bytes.count else { return method.count < Self.maxMethodBytes ? nil : false }
        guard !method.isEmpty, bytes[method.endIndex] == UInt8(ascii: " ") else { return false }

        let target = bytes[(method.endIndex + 1)...]
        let path = target.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "?") }
        if path.endIndex < bytes.count { return self.paths.contains { path.elementsEqual($0.utf8) } }
        return self.paths.contains { $0.utf8.starts(with: path) } ? nil : false
    }

    /// The next line without its end, or nil when it is not all there.
    private mutating func nextLine(in bytes: UnsafeRawBufferPointer) throws(UpgradeRefusal) -> Slice<
        UnsafeRawBufferPointer
    >? {
        let end = min(bytes.count, self.maxBytes)
        guard let feed = bytes[self.scanned..<end].firstIndex(of: UInt8(ascii: "\n")) else {
            self.scanned = end
            guard bytes.count < self.maxBytes else { throw self.tooLong }
            return nil
        }
        guard feed > self.lineStart, bytes[feed - 1] == UInt8(ascii: "\r") else {
            throw .badRequest("end lines with CRLF")
        }
        let line = bytes[self.lineStart..<(feed - 1)]
        self.lineStart = feed + 1
        self.scanned = feed + 1
        return line
    }

    private var tooLong: UpgradeRefusal {
        switch self.state {
        case .recognising, .requestLine: .uriTooLong
        case .fields: .headTooLarge
        }
    }

    /// Reads a line; answers the head when it was the empty line after the last field.
    private mutating func take(_ line: Slice<UnsafeRawBufferPointer>) throws(UpgradeRefusal) -> RequestHead? {
        switch self.state {
        case .recognising, .requestLine:
            self.state = .fields(try Self.requestLine(line))
            return nil
        case .fields(var head):
            if line.isEmpty { return head }
            guard head.fields.count < self.maxFields else { throw .headTooLarge }
            // Let go of the old state, so that the list of fields grows in place.
            self.state = .requestLine
            head.fields.append(try Self.field(line))
            self.state = .fields(head)
            return nil
        }
    }

    /// `METHOD SP target SP HTTP/1.1`, exactly.
    private static func requestLine(_ line: Slice<UnsafeRawBufferPointer>) throws(UpgradeRefusal) -> RequestHead {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .badRequest("the request line has three parts with one space between") }
        guard parts[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .badRequest("the request target has to be percent-encoded")
        }
        let version: RequestHead.Version
        switch String(decoding: parts[2], as: UTF8.self) {
        case "HTTP/1.1": version = .http11
        case "HTTP/1.0": version = .http10
        default: throw .badRequest("the version has to be HTTP/1.1")
        }
        let mark = parts[1].firstIndex(of: UInt8(ascii: "?"))
        return RequestHead(
            method: String(decoding: parts[0], as: UTF8.self),
            path: String(decoding: parts[1][..<(mark ?? parts[1].endIndex)], as: UTF8.self),
            query: mark.map { String(decoding: parts[1][($0 + 1)...], as: UTF8.self) },
            version: version
        )
    }

    /// `name: value`.
    private static func field(_ line: Slice<UnsafeRawBufferPointer>) throws(UpgradeRefusal) -> RequestHead.Field {
        let name = line.prefix(while: HTTPGrammar.isTokenByte)
        guard !name.isEmpty, name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ":") else {
            throw .badRequest("a header line is a name, a colon and a value; lines must not be folded")
        }
        let rest = line[(name.endIndex + 1)...]
        guard rest.allSatisfy(HTTPGrammar.isValueByte) else {
            throw .badRequest("a header value must not hold control characters")
        }
        let start = rest.drop(while: HTTPGrammar.isSpace)
        let value = start.prefix(
            (start.lastIndex { !HTTPGrammar.isSpace($0) }.map { $0 + 1 } ?? start.startIndex) - start.startIndex)
        return RequestHead.Field(
            name: String(decoding: name.lazy.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self),
            value: String(decoding: value, as: UTF8.self)
        )
    }
}
