import NIOCore
import Testing

@testable import Transport

@Suite struct RequestHeadParserTests {
    private static let paths = ["/api/v1/chat/ws/public", "/api/v1/chat/ws"]

    /// The last step of a parser that gets its input in portions, and the bytes it left.
    private func parse(
        _ bytes: [UInt8],
        portion: Int = 0,
        limits: SocketLimits = SocketLimits()
    ) -> (step: RequestHeadParser.Step, left: [UInt8]) {
        var parser = RequestHeadParser(paths: Self.paths, limits: limits)
        var buffer = ByteBuffer(string: "x")
        buffer.moveReaderIndex(forwardBy: 1)
        var rest = bytes[...]
        while true {
            buffer.writeBytes(rest.prefix(portion == 0 ? rest.count : portion))
            rest = rest.dropFirst(portion == 0 ? rest.count : portion)
            let step = parser.parse(&buffer)
            if step != .needMore || rest.isEmpty { return (step, Array(buffer: buffer) + rest) }
        }
    }

    private func parse(_ text: String) -> RequestHeadParser.Step { self.parse(Array(text.utf8)).step }

    private func isRefused(_ text: String) -> Bool {
        guard case .refuse(.badRequest) = self.parse(text) else { return false }
        return true
    }

    @Test("A head in portions of 1…n bytes, with the first frame behind it")
    func wholeHead() {
        let text =
            "GET /api/v1/chat/ws?lang=ar&x=? HTTP/1.1\r\nHost: hub.example\r\nX-Empty:\r\n"
            + "SEC-Websocket-KEY:  a b \t\r\nX-Ar: \u{633}\r\n\r\n"
        let bytes = Array(text.utf8) + [0x81, 0x80, 1, 2, 3, 4]
        let expected = RequestHead(
            method: "GET",
            path: "/api/v1/chat/ws",
            query: "lang=ar&x=?",
            fields: [
                .init(name: "host", value: "hub.example"), .init(name: "x-empty", value: ""),
                .init(name: "sec-websocket-key", value: "a b"), .init(name: "x-ar", value: "\u{633}"),
            ]
        )
        for portion in 0...bytes.count {
            let (step, left) = self.parse(bytes, portion: portion)
            #expect(step == .head(expected))
            #expect(left == [0x81, 0x80, 1, 2, 3, 4])
        }
        #expect(expected.values(of: "host") == ["hub.example"] && expected.values(of: "cookie").isEmpty)
    }

    @Test(
        "Everything else goes on to HTTP untouched",
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "GET /api/v1/chat/w HTTP/1.1\r\n\r\n", "GET /api/v1/chat/ws/ HTTP/1.1\r\n\r\n",
            "GET /api/v1/chat/wsx", "GET /api/v1/chat/ws/public2 HTTP/1.1\r\n", "GET /api/v1/chat/WS HTTP/1.1",
            "GET /api/v1/chat/%77s HTTP/1.1", "GET //api/v1/chat/ws HTTP/1.1", "POST /login HTTP/1.1\r\n",
            "GET http://hub/api/v1/chat/ws HTTP/1.1", "OPTIONS * HTTP/1.1", "PRI * HTTP/2.0\r\n\r\n",
            "\r\nGET /api/v1/chat/ws",
            " GET /api/v1/chat/ws", "G\u{0}T /", "GET  /api/v1/chat/ws HTTP/1.1", "\u{16}\u{3}\u{1}",
            "GET\t/api/v1/chat/ws",
            "AAAAAAAAAAAAAAAAAAAAAAAAA", "GET /api/v1/chat/ws\r\nHost: a\r\n\r\n",
        ])
    func notForUs(text: String) {
        for portion in [0, 1, 2, 5] {
            let (step, left) = self.parse(Array(text.utf8), portion: portion)
            #expect(step == .notForUs)
            #expect(left == Array(text.utf8))
        }
    }

    @Test func undecidedUntilThePathIsKnown() {
        let line = "GET /api/v1/chat/ws HTTP/1.1\r\nHost: a\r\n"
        for count in 0...line.utf8.count {
            #expect(self.parse(Array(line.utf8.prefix(count))).step == .needMore)
        }
        #expect(self.parse("AAAAAAAAAAAAAAAAAAAAAAA") == .needMore)
    }

    @Test func anyMethodOnASocketPathIsOurs() {
        guard case .head(let head) = self.parse("DELETE /api/v1/chat/ws HTTP/1.0\r\n\r\n") else {
            Issue.record("no head")
            return
        }
        #expect(head.method == "DELETE" && head.version == .http10 && head.fields.isEmpty && head.query == nil)
    }

    @Test(
        "Malformed heads",
        arguments: [
            // Line ends.
            "GET /api/v1/chat/ws HTTP/1.1\nHost: a\n\n", "GET /api/v1/chat/ws HTTP/1.1\r\nHost: a\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\nHost: a\r\n\n", "GET /api/v1/chat/ws HTTP/1.1\r\nA: b\rC: d\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\r\nHost: a\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.1\r\nHost: a\r\r\n\r\n",
            // The request line.
            "GET /api/v1/chat/ws\u{20}\r\n\r\n", "GET /api/v1/chat/ws  HTTP/1.1\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1 \r\n\r\n",
            "GET /api/v1/chat/ws HTTP/2.0\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.10\r\n\r\n",
            "GET /api/v1/chat/ws http/1.1\r\n\r\n",
            "GET /api/v1/chat/ws?a\u{0}b HTTP/1.1\r\n\r\n", "GET /api/v1/chat/ws?\u{7F} HTTP/1.1\r\n\r\n",
            "GET /api/v1/chat/ws?س HTTP/1.1\r\n\r\n", "GET /api/v1/chat/ws?a\tb HTTP/1.1\r\n\r\n",
            // Names.
            "GET /api/v1/chat/ws HTTP/1.1\r\nHost : a\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.1\r\n: a\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\nHost\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.1\r\nHo st: a\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\nHost\u{0}: a\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.1\r\nHöst: a\r\n\r\n",
            // Folded lines.
            "GET /api/v1/chat/ws HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "GET /api/v1/chat/ws HTTP/1.1\r\n\tA: b\r\n\r\n",
            // Values.
            "GET /api/v1/chat/ws HTTP/1.1\r\nA: b\u{0}c\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\nA: \u{1B}[0m\r\n\r\n",
            "GET /api/v1/chat/ws HTTP/1.1\r\nA: \u{7F}\r\n\r\n",
        ])
    func malformed(text: String) {
        #expect(self.isRefused(text))
        for portion in [1, 3] {
            guard case .refuse(.badRequest) = self.parse(Array(text.utf8), portion: portion).step else {
                Issue.record("accepted in portions of \(portion)")
                return
            }
        }
    }

    @Test func limitsOfBytes() {
        var limits = SocketLimits()
        limits.maxHeadBytes = 60
        let head = "GET /api/v1/chat/ws HTTP/1.1\r\nA: "
        let fits = head + String(repeating: "b", count: 60 - 4 - head.utf8.count) + "\r\n\r\n"
        #expect(fits.utf8.count == 60)
        for portion in [0, 1, 7] {
            guard case .head = self.parse(Array(fits.utf8), portion: portion, limits: limits).step else {
                Issue.record("60 bytes are allowed")
                return
            }
            let long = Array((head + String(repeating: "b", count: 100)).utf8)
            #expect(self.parse(long, portion: portion, limits: limits).step == .refuse(.headTooLarge))
            let target = Array("GET /api/v1/chat/ws?\(String(repeating: "b", count: 100))".utf8)
            #expect(self.parse(target, portion: portion, limits: limits).step == .refuse(.uriTooLong))
        }
    }

    @Test func limitsOfFields() {
        var limits = SocketLimits()
        limits.maxHeadFields = 3
        let line = "GET /api/v1/chat/ws HTTP/1.1\r\n"
        func step(_ count: Int) -> RequestHeadParser.Step {
            let text = line + String(repeating: "A: b\r\n", count: count) + "\r\n"
            return self.parse(Array(text.utf8), limits: limits).step
        }
        guard case .head(let head) = step(3) else {
            Issue.record("three fields are allowed")
            return
        }
        #expect(head.values(of: "a") == ["b", "b", "b"])
        #expect(step(4) == .refuse(.headTooLarge))
    }

    @Test("Noise and damaged heads never crash, and mean the same in any portions", arguments: 0..<50)
    func fuzz(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let good = Array("GET /api/v1/chat/ws?a=b HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n".utf8)
        for _ in 0..<40 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: random.bytes(2), at: index)
                }
            }
            let whole = self.parse(bytes)
            for portion in [1, 2, 9] {
                let (step, left) = self.parse(bytes, portion: portion)
                #expect(step == whole.step)
                if case .refuse = step { continue }
                #expect(left == whole.left)
            }
        }
    }
}
