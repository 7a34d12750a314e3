import NIOCore

/// Tells those who speak plain HTTP to the port of TLS what to do instead.
final class PlainRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the first byte of a connection says.
    enum Speech: Hashable {
        case tls
        case http
        case unknown

        init(firstByte: UInt8) {
            switch firstByte {
            // A handshake record (RFC 8446 section 5.1).
            case 0x16: self = .tls
            // Methods are made of capital letters by custom.
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): self = .http
            default: self = .unknown
            }
        }
    }

    private static let answer: ByteBuffer = {
        let text = "This port speaks TLS. Use https:// or wss:// in the address.\n"
        return ByteBuffer(
            string: "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: \(text.utf8.count)\r\nCache-Control: no-store\r\n\r\n\(text)")
    }()

    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        guard let first = unwrapInboundIn(data).readableBytesView.first else { return }
        switch Speech(firstByte: first) {
        case .tls:
            context.fireChannelRead(data)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        case .http:
            isRefused = true
            let written = context.eventLoop.makePromise(of: Void.self)
            context.writeAndFlush(wrapOutboundOut(Self.answer), promise: written)
            context.endAfterLastAnswer(written: written.futureResult)
        case .unknown:
            isRefused = true
            context.close(promise: nil)
        }
    }
}

@available(*, unavailable)
extension PlainRequestHandler: Sendable {}
