import Actors
import Domain
import NIOCore
import NIOTLS

/// Looks at the first bytes of a connection: a socket path is answered here, all else goes on as HTTP.
///
/// Stands behind TLS. One deadline covers the handshake of TLS and the request head.
final class FirstBytesHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Outcome {
        /// The head of the request has to be complete by the deadline.
        case http(headUntil: NIODeadline)
        case socket(Handshake.Acceptance, Entrance, NetworkAddress?, rest: ByteBuffer)
    }

    /// What is known of a connection before its first byte.
    struct Arrival {
        let peer: NetworkAddress?
        /// The address it was counted for; nil behind a trusted proxy.
        let counted: NetworkAddress?
        let admission: ConnectionCensus.Admission
        let isSecure: Bool
    }

    private let doors: SocketDoors
    private let gate: ConnectionGate
    private let arrival: Arrival
    /// Sets up what follows on the same pipeline; this handler is removed afterwards.
    private let decided: (ChannelHandlerContext, Outcome) -> Void

    private var parser: RequestHeadParser
    private var bytes = ByteBuffer()
    private var isDecided = false
    /// Whether words would reach the client: not before TLS is there.
    private var canAnswer: Bool
    private var deadline = NIODeadline.distantFuture
    private var alarm: Scheduled<Void>?

    init(
        doors: SocketDoors,
        gate: ConnectionGate,
        arrival: Arrival,
        decided: @escaping (ChannelHandlerContext, Outcome) -> Void
    ) {
        self.doors = doors
        self.gate = gate
        self.arrival = arrival
        self.decided = decided
        canAnswer = !arrival.isSecure
        parser = RequestHeadParser(paths: doors.paths, limits: doors.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = .now() + doors.limits.handshakeTimeout
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            if !handler.isDecided { handler.refuse(.headTimeout, context) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted: canAnswer = true
        // Who ends their side before a request was asked wants no answer.
        case ChannelEvent.inputClosed where !isDecided: context.close(promise: nil)
        case is ChannelShouldQuiesceEvent where !isDecided: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A failed handshake, or an end without the good-bye of TLS.
        if !isDecided { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDecided else { return }
        if case .tooMany = arrival.admission {
            refuse(.tooManyConnections(retryAfterSeconds: 10), context)
            return
        }
        var read = unwrapInboundIn(data)
        bytes.writeBuffer(&read)
        switch parser.parse(&bytes) {
        case .needMore: break
        case .notForUs: proceed(.http(headUntil: deadline), context)
        case .refuse(let refusal): refuse(refusal, context)
        case .head(let head): decide(head, context)
        }
    }

    private func decide(_ head: RequestHead, _ context: ChannelHandlerContext) {
        switch doors.decide(head, peer: arrival.peer, isFull: arrival.admission == .httpOnly) {
        case .refuse(let refusal): refuse(refusal, context)
        case .accept(let acceptance, let entrance, let address):
            if arrival.counted == nil, let address {
                guard gate.claim(address) else {
                    refuse(.tooManyConnections(retryAfterSeconds: 10), context)
                    return
                }
                context.channel.closeFuture.whenComplete { [gate] _ in gate.release(address) }
            }
            proceed(.socket(acceptance, entrance, address, rest: bytes), context)
        }
    }

    private func proceed(_ outcome: Outcome, _ context: ChannelHandlerContext) {
        isDecided = true
        alarm?.cancel()
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
        alarm?.cancel()
        guard canAnswer else {
            context.close(promise: nil)
            return
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(refusal.response), promise: written)
        context.endAfterLastAnswer(written: written.futureResult)
    }
}

@available(*, unavailable)
extension FirstBytesHandler: Sendable {}
