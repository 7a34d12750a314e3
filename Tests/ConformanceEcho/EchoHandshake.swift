import NIOCore
import Transport

/// Answers the opening handshake, then makes way for an `EchoConnection`.
final class EchoHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var parser = RequestHeadParser(paths: EchoPolicy.paths, limits: EchoPolicy.limits)
    private var bytes = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var read = unwrapInboundIn(data)
        bytes.writeBuffer(&read)
        switch parser.parse(&bytes) {
        case .needMore: break
        case .notForUs: context.close(promise: nil)
        case .refuse(let refusal): refuse(refusal, context)
        case .head(let head):
            guard let policy = EchoPolicy(path: head.path) else { preconditionFailure("the parser knows these paths") }
            switch Handshake(origins: .any, deflate: policy.deflate).decide(head) {
            case .refuse(let refusal): refuse(refusal, context)
            case .accept(let acceptance): accept(acceptance, policy, context)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func accept(_ acceptance: Handshake.Acceptance, _ policy: EchoPolicy, _ context: ChannelHandlerContext) {
        do {
            let connection = try EchoConnection(deflate: acceptance.deflate, policy: policy)
            try context.pipeline.syncOperations.addHandler(connection)
        } catch {
            context.close(promise: nil)
            return
        }
        context.writeAndFlush(wrapOutboundOut(acceptance.response), promise: nil)
        if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func refuse(_ refusal: UpgradeRefusal, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(refusal.response)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}
