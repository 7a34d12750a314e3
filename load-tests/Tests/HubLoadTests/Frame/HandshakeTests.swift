import Testing

@testable import HubLoad

@Suite struct HandshakeTests {
    private let accepted = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
    private let agreed = "sec-websocket-extensions: permessage-deflate; server_no_context_takeover\r\n"

    private func count(_ answer: String, deflate: Bool = false) throws -> Int? {
        try Array(answer.utf8).withUnsafeBytes { try Handshake.answerByteCount(in: $0, deflate: deflate) }
    }

    @Test func takesTheAnswerAndLeavesTheFrameBehindIt() throws {
        let answer = accepted + "\r\n"
        #expect(try count(answer + "\u{01}\u{00}") == answer.utf8.count)
    }

    @Test func waitsForTheEnd() throws {
        #expect(try count("") == nil)
        #expect(try count(accepted) == nil)
    }

    @Test func insistsOnWhatWasAskedFor() throws {
        #expect(try count(accepted + agreed + "\r\n", deflate: true) != nil)
        #expect(throws: LoadError.self) { try count(accepted + "\r\n", deflate: true) }
        #expect(throws: LoadError.self) { try count(accepted + agreed + "\r\n", deflate: false) }
        #expect(throws: LoadError.self) {
            try count(accepted + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", deflate: true)
        }
    }

    @Test func saysWhyTheServerRefused() {
        #expect { try count("HTTP/1.1 503 Service Unavailable\r\n\r\n") } throws: { "\($0)".contains("503") }
    }

    @Test func asksForCompressionOnlyWhenItIsWanted() {
        let plain = String(decoding: Handshake.request(path: "/a", port: 1, deflate: false), as: UTF8.self)
        let deflate = String(decoding: Handshake.request(path: "/a", port: 1, deflate: true), as: UTF8.self)
        #expect(plain.hasPrefix("GET /a HTTP/1.1\r\n") && plain.hasSuffix("\r\n\r\n"))
        #expect(!plain.contains("Extensions") && deflate.contains("permessage-deflate"))
    }
}
