import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Transport

@Suite struct UpgradeOfferHandlerTests {
    private let channel = EmbeddedChannel()
    private let reads = ReadCounter()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers([reads, UpgradeOfferHandler(socketPaths: ["/ws"])])
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/a"), promise: nil)
    }

    private func request(_ uri: String, _ method: HTTPMethod = .GET, upgrade: String? = nil) throws {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: uri)
        if let upgrade { head.headers.add(name: "Upgrade", value: upgrade) }
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
    }

    private func answer() throws -> HTTPResponseHead? {
        try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        guard case .head(let head) = try channel.readOutbound(as: HTTPServerResponsePart.self) else { return nil }
        guard case .end = try channel.readOutbound(as: HTTPServerResponsePart.self) else { return nil }
        return head
    }

    private func isReading() -> Bool {
        let before = reads.count
        channel.read()
        return reads.count > before
    }

    @Test func plainRequestsPass() throws {
        for _ in 0..<3 {
            try request("/ws")
            #expect(try answer()?.headers.isEmpty == true)
            #expect(channel.isActive && isReading())
        }
    }

    @Test(
        "An offer is answered, nothing is read meanwhile, and then the connection ends",
        arguments: [("/", .GET, "h2c"), ("/ws", .GET, "websocket"), ("a:443", .CONNECT, nil)]
            as [(String, HTTPMethod, String?)])
    func offers(uri: String, method: HTTPMethod, upgrade: String?) throws {
        try request(uri, method, upgrade: upgrade)
        #expect(channel.isActive && !isReading())
        #expect(try answer()?.headers["connection"] == ["close"])
        #expect(!channel.isActive)
    }

    @Test func theRestOfTheRequestIsRead() throws {
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")
        head.headers.add(name: "Upgrade", value: "h2c")
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "a")))
        #expect(isReading())
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        #expect(!isReading())
    }

    @Test func anInterimAnswerSaysNothingOfTheEnd() throws {
        try request("/", upgrade: "h2c")
        try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        guard case .head(let interim) = try channel.readOutbound(as: HTTPServerResponsePart.self) else {
            Issue.record("no interim answer")
            return
        }
        #expect(interim.headers.isEmpty)
        #expect(try answer()?.headers["connection"] == ["close"])
    }

    @Test func aLateHandshakeEndsTheConnectionUnanswered() throws {
        try request("/health")
        _ = try answer()
        while try channel.readInbound(as: HTTPServerRequestPart.self) != nil {}
        try request("/ws?lang=ar", upgrade: "websocket")
        #expect(!channel.isActive)
        #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == nil)
    }

    @Test func answersThatAreOwedComeFirst() throws {
        try request("/health")
        try request("/ws", upgrade: "websocket")
        #expect(try answer()?.headers.isEmpty == true)
        #expect(channel.isActive)
        #expect(try answer()?.headers["connection"] == ["close"])
        #expect(!channel.isActive)
    }
}

/// Counts what the handler lets through to the socket.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never

    var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
