import Actors
import Domain
import NIOCore

/// Looks at the first bytes of a connection: a socket path is answered here, all else goes on as HTTP.
final class FirstBytesHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Outcome {
        case http
        case socket(Handshake.Acceptance, Entrance, NetworkAddress?, rest: ByteBuffer)
    }

    private var parser: RequestHeadParser
    private var bytes = ByteBuffer()
    private let doors: SocketDoors
    private let lanes: LaneSet
    /// Sets up what follows on the same pipeline; this handler is removed afterwards.
    private let decided: (ChannelHandlerContext, Outcome) -> Void
    private var isDecided = false
    private var deadline: Scheduled<Void>?

    init(doors: SocketDoors, lanes: LaneSet, decided: @escaping (ChannelHandlerContext, Outcome) -> Void) {
        self.doors = doors
        self.lanes = lanes
        self.decided = decided
        parser = RequestHeadParser(paths: doors.paths, limits: doors.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: doors.limits.handshakeTimeout) {
            let (handler, context) = bound.value
            if !handler.isDecided { handler.refuse(.headTimeout, context) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDecided else { return }
        var read = unwrapInboundIn(data)
        bytes.writeBuffer(&read)
        switch parser.parse(&bytes) {
        case .needMore: break
        case .notForUs: proceed(.http, context)
        case .refuse(let refusal): refuse(refusal, context)
        case .head(let head):
            switch doors.decide(head, peer: context.remoteAddress?.ipAddress, isFull: lanes.isFull) {
            case .refuse(let refusal): refuse(refusal, context)
            case .accept(let acceptance, let entrance, let address):
                proceed(.socket(acceptance, entrance, address, rest: bytes), context)
            }
        }
    }

    private func proceed(_ outcome: Outcome, _ context: ChannelHandlerContext) {
        isDecided = true
        deadline?.cancel()
        decided(context, outcome)
        if case .http = outcome {
            // The HTTP handlers stand behind this one now and start from the first byte.
            context.fireChannelRead(wrapInboundOut(bytes))
            context.fireChannelReadComplete()
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func refuse(_ refusal: UpgradeRefusal, _ context: ChannelHandlerContext) {
        isDecided = true
        deadline?.cancel()
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(refusal.response), promise: written)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        // The output ends first: closing at once with unread input would reset the answer away.
        written.futureResult.whenComplete { _ in
            bound.value.close(mode: .output, promise: nil)
            bound.value.eventLoop.scheduleTask(in: .seconds(1)) { bound.value.close(promise: nil) }
        }
    }
}

extension FirstBytesHandler {
    typealias InboundOut = ByteBuffer
}
