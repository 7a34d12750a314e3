import Domain
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// One request on its way, and the promise of how it ends. Whoever ends it first is believed; all do so on its loop.
final class OutboundExchange: Sendable {
    let request: OutboundRequest
    let maxBytes: Int
    let result: EventLoopPromise<OutboundResult>
    private let left = Atomic(false)
    private let over = Atomic(false)

    init(_ request: OutboundRequest, maxBytes: Int, result: EventLoopPromise<OutboundResult>) {
        self.request = request
        self.maxBytes = maxBytes
        self.result = result
    }

    /// Once it is over, nothing may be said any more: the caller was told how it ended.
    var isOver: Bool { over.load(ordering: .acquiring) }

    /// The first byte is with the system, and the others may follow whatever happens to us.
    func hasLeft() { left.store(true, ordering: .releasing) }

    func end(_ answer: OutboundAnswer) {
        over.store(true, ordering: .releasing)
        result.succeed(.answer(answer))
    }

    func fail(_ failure: OutboundFailure) {
        over.store(true, ordering: .releasing)
        result.succeed(.failed(failure, hasLeft: left.load(ordering: .acquiring)))
    }
}

/// Says the request on a connection and gathers the answer.
final class OutboundHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let exchange: OutboundExchange
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(_ exchange: OutboundExchange) { self.exchange = exchange }

    /// The connection stands; TLS holds back what is written until its handshake is over.
    func handlerAdded(context: ChannelHandlerContext) {
        let request = exchange.request
        let head = HTTPRequestHead(
            version: .http1_1, method: request.method, uri: request.url.target, headers: request.headers)
        let exchange = exchange
        let begun = context.eventLoop.makePromise(of: Void.self)
        begun.futureResult.whenComplete { outcome in
            switch outcome {
            case .success: exchange.hasLeft()
            // The reason comes on its own, unless what was to be said is no HTTP.
            case .failure(is HTTPParserError): exchange.fail(.garbled)
            case .failure: break
            }
        }
        context.write(wrapOutboundOut(.head(head)), promise: begun)
        if !request.body.isEmpty {
            let bytes = context.channel.allocator.buffer(bytes: request.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
        case .body(let part):
            guard body.count + part.readableBytes <= exchange.maxBytes else { return exchange.fail(.tooLarge) }
            body += part.readableBytesView
        case .end:
            guard let head else { return exchange.fail(.garbled) }
            exchange.end(OutboundAnswer(status: Int(head.status.code), headers: head.headers, body: body))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange.fail(.garbled)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        exchange.fail(Self.isOfTLS(error) ? .untrusted : .garbled)
    }

    /// Whether TLS itself gave up, and not the connection below it.
    private static func isOfTLS(_ error: any Error) -> Bool {
        if case NIOSSLError.uncleanShutdown = error { return false }
        return error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
    }
}
