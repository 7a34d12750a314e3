import NIOCore
import Testing

@testable import Transport

@Suite struct HandshakeTests {
    private static let example: [(String, String)] = [
        ("host", "server.example.com"), ("upgrade", "websocket"), ("connection", "Upgrade"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="), ("origin", "http://server.example.com"),
        ("sec-websocket-version", "13"),
    ]

    private func head(
        _ changes: [(String, String?)] = [],
        adding: [(String, String)] = [],
        method: String = "GET",
        version: RequestHead.Version = .http11
    ) -> RequestHead {
        var fields = Self.example
        for (name, value) in changes {
            fields = fields.compactMap { $0.0 == name ? value.map { (name, $0) } : $0 }
        }
        fields += adding
        return RequestHead(
            method: method,
            path: "/ws",
            version: version,
            fields: fields.map { RequestHead.Field(name: $0, value: $1) }
        )
    }

    private func decide(_ head: RequestHead, origins: OriginPolicy = .sameHost(or: [])) -> Handshake.Decision {
        Handshake(origins: origins, deflate: DeflatePolicy()).decide(head)
    }

    private func status(_ head: RequestHead, origins: OriginPolicy = .sameHost(or: [])) -> Int {
        switch self.decide(head, origins: origins) {
        case .accept: 101
        case .refuse(let refusal): refusal.status
        }
    }

    private func response(_ head: RequestHead) -> String? {
        guard case .accept(let acceptance) = self.decide(head) else { return nil }
        return String(buffer: acceptance.response)
    }

    @Test("RFC 6455 section 1.3")
    func example() {
        #expect(Handshake.acceptValue(forKey: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(
            self.response(self.head()) == "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
        )
    }

    @Test func subprotocolAndExtensionAreAnswered() {
        let head = self.head(adding: [
            ("sec-websocket-protocol", "chat, hub.v1"), ("sec-websocket-extensions", "permessage-deflate"),
        ])
        guard case .accept(let acceptance) = self.decide(head) else {
            Issue.record("refused")
            return
        }
        #expect(acceptance.subprotocol == "hub.v1" && acceptance.deflate == .shared)
        #expect(
            String(buffer: acceptance.response).hasSuffix(
                "Sec-WebSocket-Protocol: hub.v1\r\nSec-WebSocket-Extensions: permessage-deflate; "
                    + "server_no_context_takeover; client_no_context_takeover\r\n\r\n"
            )
        )
        for offer in ["chat", "HUB.V1", "hub.v10", ""] {
            let other = self.response(self.head(adding: [("sec-websocket-protocol", offer)]))
            #expect(other?.contains("Sec-WebSocket-Protocol") == false)
        }
    }

    @Test(
        "What is let through",
        arguments: [
            [("connection", "keep-alive, Upgrade")], [("connection", "UPGRADE")], [("upgrade", "WebSocket")],
            [("upgrade", "h2c, websocket")], [("origin", nil)], [("origin", "HTTP://SERVER.EXAMPLE.COM")],
            [("origin", "http://server.example.com:80")],
            [("host", "server.example.com:443"), ("origin", "https://server.example.com")],
            [("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")],
            [("host", "[::1]:8080"), ("origin", "http://[::1]:8080")],
        ] as [[(String, String?)]])
    func accepted(changes: [(String, String?)]) {
        #expect(self.status(self.head(changes)) == 101)
    }

    @Test(
        "What is refused, and how",
        arguments: [
            (400, [("host", nil)]), (400, [("host", "")]), (400, [("sec-websocket-key", nil)]),
            (400, [("sec-websocket-key", "")]), (400, [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ")]),
            (400, [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=A")]),
            (400, [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZ===")]),
            (400, [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQAA")]),
            (400, [("sec-websocket-key", "dGhlIHNhbXBsZS!ub25jZQ==")]),
            (400, [("sec-websocket-key", "AAAA")]), (400, [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==AAAA")]),
            (403, [("origin", "http://evil.example")]), (403, [("origin", "null")]), (403, [("origin", "")]),
            (403, [("origin", "http://server.example.com.evil.example")]),
            (403, [("origin", "http://server.example.com:81")]),
            (403, [("origin", "http://server.example.com@evil.example")]),
            (403, [("origin", "http://server.example.com/")]),
            (403, [("origin", "ftp://server.example.com")]), (403, [("origin", "http://server.example.com evil")]),
            (403, [("host", "server.example.com:81")]), (403, [("origin", "server.example.com")]),
            (426, [("upgrade", nil)]), (426, [("upgrade", "h2c")]), (426, [("connection", nil)]),
            (426, [("connection", "keep-alive")]), (426, [("connection", "upgraded")]),
            (426, [("sec-websocket-version", nil)]),
            (426, [("sec-websocket-version", "8")]), (426, [("sec-websocket-version", "13, 8")]),
            (426, [("sec-websocket-version", "013")]),
        ] as [(Int, [(String, String?)])])
    func refused(status: Int, changes: [(String, String?)]) {
        #expect(self.status(self.head(changes)) == status)
    }

    @Test(
        "Headers that must not be repeated, and bodies",
        arguments: [
            ("host", "server.example.com"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("sec-websocket-version", "13"),
            ("origin", "http://server.example.com"), ("transfer-encoding", "chunked"),
            ("transfer-encoding", "identity"),
            ("content-length", "5"), ("content-length", "0, 5"), ("content-length", "+0"),
        ])
    func smuggling(name: String, value: String) {
        #expect(self.status(self.head(adding: [(name, value)])) == 400)
    }

    @Test func anEmptyBodyIsNoBody() {
        #expect(self.status(self.head(adding: [("content-length", "0")])) == 101)
    }

    @Test("Tokens may be spread over several lines")
    func repeatedLists() {
        let head = self.head([("connection", "keep-alive")], adding: [("connection", "Upgrade"), ("upgrade", "h2c")])
        #expect(self.status(head) == 101)
    }

    @Test func methodAndVersion() {
        for method in ["POST", "HEAD", "OPTIONS", "get"] {
            #expect(self.decide(self.head(method: method)) == .refuse(.methodNotAllowed))
        }
        #expect(self.decide(self.head(version: .http10)) == .refuse(.versionNotSupported))
    }

    @Test func listedOriginsAndAny() throws {
        let shop = try #require(Origin("https://Shop.example"))
        let head = self.head([("origin", "https://shop.example:443")])
        #expect(self.status(head) == 403)
        #expect(self.status(head, origins: .sameHost(or: [shop])) == 101)
        #expect(self.status(self.head([("origin", "http://shop.example")]), origins: .sameHost(or: [shop])) == 403)
        #expect(self.status(self.head([("origin", "null")]), origins: .any) == 101)
    }

    @Test(
        "Reading an origin",
        arguments: [
            ("http://a", "http", "a", 80), ("https://A.b:8443", "https", "a.b", 8_443),
            ("http://[::1]", "http", "[::1]", 80),
            ("http://[2001:DB8::1]:81", "http", "[2001:db8::1]", 81),
            ("https://xn--mgbh0fb.example", "https", "xn--mgbh0fb.example", 443),
        ] as [(String, String, String, Int)])
    func origins(text: String, scheme: String, host: String, port: Int) {
        let origin = Origin(text)
        #expect(origin?.scheme == scheme && origin?.host == host && origin?.port == port)
    }

    @Test(
        "What is no origin",
        arguments: [
            "", "null", "http://", "https://:80", "http://a:b", "http://a:", "http://a:99999", "http://a/",
            "http://a?b", "a",
            "//a", "http:/a", "http://u@a", "http://a b", "http://شركة", "http://a:+1", "ws://a", "http://a#",
            "http://a\u{0}",
        ])
    func noOrigins(text: String) {
        #expect(Origin(text) == nil)
    }

    @Test("The bytes of a refusal")
    func refusalBytes() {
        let body =
            #"{"type":"about:blank","title":"Upgrade Required","status":426,"code":"bad_request","#
            + #""detail":"this path is a WebSocket of version 13"}"#
        #expect(
            String(buffer: UpgradeRefusal.upgradeRequired.response) == "HTTP/1.1 426 Upgrade Required\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: close, Upgrade\r\n"
                + "Content-Type: application/problem+json\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Cache-Control: no-store\r\n\r\n\(body)"
        )
    }

    @Test(
        "Every refusal is a whole response",
        arguments: [
            UpgradeRefusal.badRequest("x"), .foreignOrigin, .methodNotAllowed, .headTimeout, .uriTooLong,
            .upgradeRequired,
            .tooManyConnections(retryAfterSeconds: 3), .headTooLarge, .unavailable(retryAfterSeconds: 7),
            .versionNotSupported,
        ])
    func refusals(refusal: UpgradeRefusal) throws {
        let text = String(buffer: refusal.response)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        let body = try #require(parts.last)
        #expect(text.hasPrefix("HTTP/1.1 \(refusal.status) \(refusal.title)\r\n"))
        #expect(text.contains("\r\nContent-Length: \(body.utf8.count)\r\n") && text.contains("\r\nConnection: close"))
        switch refusal {
        case .tooManyConnections: #expect(text.contains("\r\nRetry-After: 3\r\n"))
        case .unavailable: #expect(text.contains("\r\nRetry-After: 7\r\n"))
        case .methodNotAllowed: #expect(text.contains("\r\nAllow: GET\r\n"))
        case .badRequest, .foreignOrigin, .headTimeout, .uriTooLong, .upgradeRequired, .headTooLarge,
            .versionNotSupported:
            #expect(!text.contains("Retry-After"))
        }
    }
}
