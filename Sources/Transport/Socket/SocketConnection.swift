import Actors
import Domain
import NIOCore
import Wire

/// One socket after its upgrade: reads frames, runs what the machines decide, writes what it is owed.
///
/// Lives on its event loop and knows no room: whoever passed `auth` has a `SessionActor`, which gets the frames.
final class SocketConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let id: ConnectionID
    private(set) var reference = SocketReference(slot: .max, generation: .max)
    let compression: OutboundCompression

    var settings: SocketSettings { lane.settings }
    private let lane: LoopLane
    private let entrance: Entrance
    private let address: NetworkAddress?
    private(set) var context: ChannelHandlerContext?
    private var lateBytes: ByteBuffer?

    private var assembler: MessageAssembler
    private(set) var closing: CloseMachine
    private var keepAlive: KeepAliveMachine
    private var machine: SessionMachine
    private var session: SessionActor?
    /// Frames that came while `auth` was being checked.
    private var heldFrames: [(command: ClientCommand, id: Int64?)] = []

    var outbox: SocketOutbox

    init(
        id: ConnectionID,
        lane: LoopLane,
        entrance: Entrance,
        address: NetworkAddress?,
        deflate: DeflateParameters?,
        descriptor: SocketDescriptor,
        opening: ByteBuffer,
        lateBytes: ByteBuffer?
    ) {
        let settings = lane.settings
        self.id = id
        self.lane = lane
        self.entrance = entrance
        self.address = address
        self.lateBytes = lateBytes
        compression = OutboundCompression(deflate, policy: settings.deflate)
        assembler = MessageAssembler(limits: settings.limits, deflate: deflate)
        closing = CloseMachine(timeout: settings.limits.closeTimeout)
        machine = SessionMachine(openedAt: settings.now(), limits: settings.sessionLimits)
        outbox = SocketOutbox(descriptor, opening, maxDurableBytes: settings.maxOutboundBytes)
        // Spread over the interval, so that many who came together are not pinged together.
        let spread = Int64(id.value % 64) * settings.limits.pingInterval.nanoseconds / 64
        keepAlive = KeepAliveMachine(
            interval: settings.limits.pingInterval,
            timeout: settings.limits.pingTimeout,
            firstPing: .now() + settings.limits.pingInterval + .nanoseconds(spread)
        )
    }

    private lazy var handle = ConnectionHandle(
        id: id, socket: reference, address: address, lane: lane, execution: lane)

    var state: LaneState { lane.state.value }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        reference = state.add(self)
        sendControl(
            PushEncoder.hello(
                connection: "c_\(id.value)",
                node: settings.node,
                ping: .nanoseconds(settings.limits.pingInterval.nanoseconds),
                maxFrameBytes: settings.limits.maxMessageBytes,
                now: settings.now(),
                epoch: settings.epoch
            ))
        if let bytes = lateBytes {
            lateBytes = nil
            received(bytes)
        }
        state.flushDirty()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.flushDirty()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        writable()
        state.flushDirty()
    }

    func channelInactive(context: ChannelHandlerContext) {
        run(closing.inputEnded())
        ended()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        run(closing.inputEnded())
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            close(.drain)
            state.flushDirty()
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func ended() {
        guard context != nil else { return }
        context = nil
        machine.closed()
        heldFrames = []
        state.remove(reference)
        outbox = SocketOutbox()
        session?.disconnected(id)
        session = nil
    }

    // MARK: Inbound

    private func received(_ bytes: ByteBuffer) {
        keepAlive.received()
        state.traffic.bytesIn += UInt64(bytes.readableBytes)
        var bytes = bytes
        while let event = assembler.next(from: &bytes, shared: state.deflate.streams) {
            switch event {
            case .text(let text): receivedText(text)
            case .binary: break
            case .ping(let payload): sendPong(payload)
            case .pong: break
            case .close(let frame): run(closing.received(frame))
            case .violation(let violation): run(closing.fail(violation, now: .now()))
            }
        }
    }

    private func receivedText(_ text: ByteBuffer) {
        guard closing.isOpen else { return }
        state.traffic.messagesIn += 1
        let now = settings.now()
        let wait = state.takeOperation(of: address, at: now)
        let tooMany = wait.map { HubError(.rateLimited, "too many operations from your address", retryAfter: $0) }
        switch ClientFrame(text, maxDepth: settings.maxJSONDepth) {
        case .malformed(let error, let id):
            refuse(tooMany ?? error, id: id)
        case .command(let command, let id):
            if let tooMany {
                refuse(tooMany, id: id)
                return
            }
            run(machine.received(command.frameKind, at: now), command, id)
        }
    }

    private func run(_ verdict: SessionMachine.Verdict, _ command: ClientCommand, _ id: Int64?) {
        switch verdict {
        case .handle: pass(command, id)
        case .authenticate:
            guard case .authenticate(let request) = command else { return }
            settings.sessions.authenticate(request, id: id, as: entrance, handle, live: session)
        case .hold: heldFrames.append((command, id))
        case .refuse(let error): sendControl(Reply.error(error, id: id))
        case .close(let reason): close(reason)
        case .ignore: break
        }
    }

    private func pass(_ command: ClientCommand, _ id: Int64?) {
        if case .ping = command {
            if let id { sendControl(Reply.pong(id)) }
            return
        }
        session?.receive(command, id: id, from: self.id)
    }

    // MARK: What actors answer

    /// Refuses an operation; too many mistakes end the connection.
    func refuse(_ error: HubError, id: Int64?) {
        guard error.isClientsFault else {
            sendControl(Reply.error(error, id: id))
            return
        }
        switch machine.errored(error, at: settings.now()) {
        case .refuse(let error): sendControl(Reply.error(error, id: id))
        case .close(let reason):
            sendControl(Reply.error(error, id: id))
            close(reason)
        case .handle, .authenticate, .hold, .ignore: break
        }
    }

    func cork() {
        outbox.isCorked = true
    }

    func accepted(_ acceptance: Acceptance) {
        guard context != nil else {
            acceptance.session.disconnected(id)
            return
        }
        session = acceptance.session
        machine.accepted(expiresAt: acceptance.expiresAt)
        uncork(behind: acceptance.reply)
        let held = heldFrames
        heldFrames = []
        for frame in held { release(frame) }
    }

    func rejected(_ error: HubError, id: Int64?, closing reason: DisconnectReason?) {
        machine.refused()
        sendControl(Reply.error(error, id: id))
        let held = heldFrames
        heldFrames = []
        if let reason {
            close(reason)
            return
        }
        for frame in held { release(frame) }
    }

    private func release(_ frame: (command: ClientCommand, id: Int64?)) {
        run(machine.released(frame.command.frameKind, at: settings.now()), frame.command, frame.id)
    }

    // MARK: Closing

    func close(_ reason: DisconnectReason) {
        machine.closed()
        run(closing.close(CloseFrame(CloseCode(rawValue: reason.rawValue), reason.text), now: .now()))
    }

    private func run(_ action: CloseMachine.Action) {
        switch action {
        case .none: break
        case .send(let frame): sendLast(frame, then: nil)
        case .sendAndEndOutput(let frame): sendLast(frame, then: .output)
        case .sendAndDrop(let frame): sendLast(frame, then: .all)
        case .drop: context?.close(promise: nil)
        }
    }

    // MARK: Time

    func tick(_ now: NIODeadline, _ moment: Timestamp) {
        run(closing.timePassed(now: now))
        guard closing.isOpen else { return }
        switch keepAlive.timePassed(now: now) {
        case .none: break
        case .sendPing: sendPing()
        case .timedOut: close(.pingTimeout)
        }
        switch machine.tick(at: moment) {
        case .none: break
        case .warn(let expiresIn): sendControl(PushEncoder.token(expiresIn: expiresIn))
        case .close(let reason): close(reason)
        }
        guard let blockedSince = outbox.blockedSince else { return }
        if now - blockedSince >= settings.stalledAfter {
            // What it reads, should it read again, is that it was let go.
            _ = giveUpEvents()
            close(.stalled)
        } else if now - blockedSince >= settings.lagAfter {
            state.lagged(self)
        }
    }

    func beginDrain(slot: TimeAmount, limit: TimeAmount) {
        sendControl(
            PushEncoder.drain(slot: .nanoseconds(slot.nanoseconds), limit: .nanoseconds(limit.nanoseconds)))
    }
}

@available(*, unavailable)
extension SocketConnection: Sendable {}
