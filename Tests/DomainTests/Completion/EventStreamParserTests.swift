import Testing

@testable import Domain

@Suite struct EventStreamParserTests {
    private static let stream: [UInt8] = Array(
        "\u{FEFF}: hello\r\ndata: {\"a\":\"مرحبا 👋\"}\r\n\r\nevent: x\rid: 7\rdata:one\rdata:  two\rretry: 3\r\rdataset: no\ndata\n\ndata: a\u{2028}b\n\n: ping\n\ndata: last"
            .utf8)

    private static let events = ["{\"a\":\"مرحبا 👋\"}", "one\n two", "", "a\u{2028}b", "last"]

    private static func parse(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
        var parser = EventStreamParser()
        var events: [String] = []
        for piece in pieces { events += try parser.feed(piece.span) }
        return events + (parser.finish().map { [$0] } ?? [])
    }

    @Test func everyCutGivesTheSame() throws {
        for first in 0...Self.stream.count {
            for second in [first, (first + Self.stream.count) / 2] {
                let pieces = [Self.stream[..<first], Self.stream[first..<second], Self.stream[second...]]
                #expect(try Self.parse(pieces) == Self.events)
            }
        }
        #expect(try Self.parse(Self.stream.indices.map { Self.stream[$0...$0] }) == Self.events)
    }

    @Test func whatNeverEndsIsRefused() {
        var parser = EventStreamParser(maxEventBytes: 16)
        #expect(throws: EventStreamParser.TooLong(maxBytes: 16)) {
            for _ in 0..<10 { _ = try parser.feed("data: ab\n".utf8.span) }
        }
    }

    @Test func nothingIsNoEvent() throws {
        #expect(try Self.parse([]) == [])
        #expect(try Self.parse(["\n\n\r\n: only comments\n\n"[...].utf8.map { $0 }[...]]) == [])
    }
}
