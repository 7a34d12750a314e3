import NIOCore
import Transport

/// Sends every message back with its type, and runs what the machines of `Transport` decide.
final class EchoConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let shared: SharedDeflate
    private let compression: OutboundCompression
    private var ownDeflater: Deflater?
    private var assembler: MessageAssembler
    private var closing = CloseMachine(timeout: EchoPolicy.limits.closeTimeout)
    private var output = ByteBuffer()
    private var timer: Scheduled<Void>?

    init(deflate: DeflateParameters?, policy: EchoPolicy) throws(CompressionFailure) {
        shared = try SharedDeflate(level: policy.deflate.compressionLevel)
        compression = OutboundCompression(deflate, policy: policy.deflate)
        if case .own(let settings) = compression { ownDeflater = try Deflater(settings) }
        assembler = MessageAssembler(limits: EchoPolicy.limits, deflate: deflate, acceptsBinary: true)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        while let event = assembler.next(from: &input, shared: shared) {
            switch event {
            case .text(let message): echo(message, as: .text)
            case .binary(let message): echo(message, as: .binary)
            case .ping(let payload): FrameEncoder.append(pong: payload, to: &output)
            case .pong: break
            case .close(let frame): run(closing.received(frame), context)
            case .violation(let violation): run(closing.fail(violation, now: .now()), context)
            }
        }
        flush(context, promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        run(closing.inputEnded(), context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func echo(_ message: ByteBuffer, as kind: MessageKind) {
        switch compression {
        case .shared(let maxTextBytes) where message.readableBytes <= maxTextBytes:
            FrameEncoder.append(message, as: kind, compressedBy: shared, to: &output)
        case .none, .shared:
            FrameEncoder.append(message, as: kind, to: &output)
        case .own:
            guard ownDeflater != nil else { preconditionFailure("made by init") }
            FrameEncoder.append(message, as: kind, compressedBy: &ownDeflater!, to: &output)
        }
    }

    private func flush(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        guard output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: promise)
        output = ByteBuffer()
    }

    // MARK: Closing

    private func run(_ action: CloseMachine.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .none: break
        case .send(let frame): FrameEncoder.append(close: frame, to: &output)
        case .sendAndEndOutput(let frame): sendLast(frame, then: .output, context)
        case .sendAndDrop(let frame): sendLast(frame, then: .all, context)
        case .drop: context.close(promise: nil)
        }
    }

    private func sendLast(_ frame: CloseFrame, then mode: CloseMode, _ context: ChannelHandlerContext) {
        FrameEncoder.append(close: frame, to: &output)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: nil) }
        flush(context, promise: written)
        guard let deadline = closing.deadline else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            run(closing.timePassed(now: deadline), context)
        }
    }
}
