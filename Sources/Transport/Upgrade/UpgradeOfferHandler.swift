import NIOCore
import NIOHTTP1

/// Keeps a request that offers an upgrade from spoiling its HTTP connection.
///
/// After such a request, or a CONNECT, NIO's decoder waits for another protocol to take over: it reads no further request,
/// and stores whatever comes. But the hub only ever upgrades to a WebSocket, and `FirstBytesHandler` does that before
/// there is a decoder. So this handler, which stands behind the decoder, declines: the offer is ignored, the request is
/// answered as if it were not there (RFC 9110 section 7.8), nothing more is read, and the connection ends with the answer.
///
/// A handshake on a connection that has carried other requests is different. Proxies that keep connections send them. It
/// cannot be taken any more, and an answer would be final; so the connection ends without one, upon which a proxy
/// repeats the request on a new connection (RFC 9112 section 9.3.1), where it is taken.
final class UpgradeOfferHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// No offer has come. Can become: `declining`, `ended`.
        case open
        /// The rest of the request that offered is on its way. Can become: `deaf`, `ended`.
        case declining
        /// That request is whole, and the answers are awaited. Can become: `ended`.
        case deaf
        case ended
    }

    private let socketPaths: [String]
    private var state = State.open
    private var isFirst = true
    private var unanswered = 0

    init(socketPaths: [String]) {
        self.socketPaths = socketPaths
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (state, unwrapInboundIn(data)) {
        case (.open, .head(let head)):
            if isLateHandshake(head) {
                state = .ended
                context.close(promise: nil)
                return
            }
            if head.method == .CONNECT || head.headers.contains(name: "upgrade") { state = .declining }
            isFirst = false
            unanswered += 1
        case (.declining, .end): state = .deaf
        case (.ended, _): return
        case (.open, _), (.declining, _), (.deaf, _): break
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        switch state {
        case .open, .declining: context.read()
        case .deaf, .ended: break
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where !isOpen && unanswered == 1 && head.status.code >= 200:
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered -= 1
            guard !isOpen, unanswered == 0 else {
                context.write(data, promise: promise)
                return
            }
            state = .ended
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            context.write(data, promise: written)
        case .head, .body:
            context.write(data, promise: promise)
        }
    }

    private var isOpen: Bool {
        switch state {
        case .open: true
        case .declining, .deaf, .ended: false
        }
    }

    /// Whether it is a WebSocket's handshake behind other requests, all of which are answered.
    private func isLateHandshake(_ head: HTTPRequestHead) -> Bool {
        guard !isFirst, unanswered == 0, head.headers.contains(name: "upgrade") else { return false }
        return socketPaths.contains { head.uri.prefix { $0 != "?" } == $0 }
    }
}

@available(*, unavailable)
extension UpgradeOfferHandler: Sendable {}
