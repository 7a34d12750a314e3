import Domain
import NIOCore
import NIOHTTPTypes
import Testing

/// Reads server-sent events as browsers do (HTML Standard, 9.2.6), and the comments that browsers skip.
struct EventStreamReader {
    enum Item: Sendable, Equatable {
        case event(id: String, data: JSONValue)
        case comment(String)
    }

    private var parts: HTTPClient.Parts
    private var text: [UInt8] = []

    init(_ parts: HTTPClient.Parts) {
        self.parts = parts
    }

    /// Nil at the end of the stream.
    mutating func next() async throws -> Item? {
        while true {
            if let end = text.firstIndexOfBlankLine {
                let block = String(decoding: text[..<end], as: UTF8.self)
                text.removeFirst(end + 2)
                return try Self.item(block)
            }
            guard case .body(let buffer)? = try await parts.next(isolation: #isolation) else { return nil }
            text += Array(buffer.readableBytesView)
        }
    }

    /// The next event, over comments.
    mutating func nextEvent() async throws -> (seq: Int64, data: JSONValue) {
        while let item = try await next() {
            if case .event(let id, let data) = item { return (try #require(Int64(id)), data) }
        }
        throw NeverHappened(what: "an event before the end of the stream")
    }

    /// Reads to the end; the numbers of the events on the way.
    mutating func rest() async throws -> [Int64] {
        var numbers: [Int64] = []
        while let item = try await next() {
            if case .event(let id, _) = item { numbers.append(try #require(Int64(id))) }
        }
        return numbers
    }

    private static func item(_ block: String) throws -> Item {
        if block.hasPrefix(":") { return .comment(block.dropFirst().trimmingPrefix(" ").description) }
        var fields: [Substring: Substring] = [:]
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0]] = parts[1].trimmingPrefix(" ")
        }
        let data = try JSONParser.parse(String(try #require(fields["data"])))
        return .event(id: String(try #require(fields["id"])), data: data)
    }
}

extension [UInt8] {
    fileprivate var firstIndexOfBlankLine: Int? {
        indices.dropLast().first { self[$0] == UInt8(ascii: "\n") && self[$0 + 1] == UInt8(ascii: "\n") }
    }
}
