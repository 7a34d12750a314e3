import Actors
import Domain
import NIOCore
import Synchronization
import Wire

/// A lane over a real event loop that hands frames to test clients instead of sockets.
///
/// Keeps the promises of `ConnectionLane`: order of posting, subscriptions judged by `SubscriberMachine`, what
/// comes for a corked socket waits for the reply to its `auth`, and nothing reaches a socket that is gone.
final class RecordingLane: ConnectionLane, ExecutionLane {
    private struct Member {
        let audience: Audience
        var machine: SubscriberMachine
    }

    private struct Socket {
        let client: TestClient
        var isCorked = false
        var kept: [ByteBuffer] = []
    }

    private struct State {
        var sockets: [SocketReference: Socket] = [:]
        var topics: [TopicKey: [SocketReference: Member]] = [:]
        var nextSlot: UInt32 = 0
        var decidedAuths = 0
    }

    let loop: any EventLoop
    let executor: any SerialExecutor
    private let state = Mutex(State())

    init(loop: any EventLoop) {
        self.loop = loop
        executor = loop.executor
    }

    // MARK: ExecutionLane

    var isCurrent: Bool { loop.inEventLoop }

    func execute(_ work: @escaping @Sendable () -> Void) {
        loop.execute(work)
    }

    func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        loop.scheduleTask(in: .milliseconds(delay.milliseconds), work)
    }

    // MARK: Sockets

    func nextSocket() -> SocketReference {
        state.withLock { state in
            state.nextSlot += 1
            return SocketReference(slot: state.nextSlot, generation: 0)
        }
    }

    func add(_ client: TestClient) {
        state.withLock { $0.sockets[client.connection.socket] = Socket(client: client) }
    }

    func remove(_ socket: SocketReference) {
        state.withLock { state in
            state.sockets[socket] = nil
            for topic in state.topics.keys { state.topics[topic]?[socket] = nil }
        }
    }

    /// How many times somebody was let in or turned away.
    var decidedAuths: Int { state.withLock { $0.decidedAuths } }

    // MARK: ConnectionLane

    func post(_ message: LaneMessage) {
        loop.execute { self.handle(message) }
    }

    private func handle(_ message: LaneMessage) {
        defer {
            switch message {
            case .accepted, .rejected, .close: state.withLock { $0.decidedAuths += 1 }
            case .frame, .droppable, .refuse, .subscribe, .unsubscribe, .publish, .cork: break
            }
        }
        switch message {
        case .frame(let socket, let frame), .droppable(let socket, let frame): deliver(frame, to: socket)
        case .refuse(let socket, let error, let id): deliver(Reply.error(error, id: id), to: socket)
        case .subscribe(let socket, let subscription, let frame):
            if let frame { deliver(frame, to: socket) }
            let member = Member(
                audience: subscription.audience, machine: SubscriberMachine(joinedUpTo: subscription.upTo))
            state.withLock { state in
                if state.sockets[socket] != nil { state.topics[subscription.topic, default: [:]][socket] = member }
            }
        case .unsubscribe(let socket, let topic):
            state.withLock { $0.topics[topic]?[socket] = nil }
        case .publish(let publication): publish(publication)
        case .cork(let socket):
            state.withLock { $0.sockets[socket]?.isCorked = true }
        case .accepted(let socket, let acceptance): accept(acceptance, socket)
        case .rejected(let socket, let error, let id, let closing):
            deliver(Reply.error(error, id: id), to: socket)
            if let closing { client(socket)?.closed(closing) }
        case .close(let socket, let reason): client(socket)?.closed(reason)
        }
    }

    private func client(_ socket: SocketReference) -> TestClient? {
        state.withLock { $0.sockets[socket]?.client }
    }

    private func deliver(_ frame: ByteBuffer, to socket: SocketReference) {
        let client = state.withLock { state -> TestClient? in
            guard state.sockets[socket]?.isCorked == true else { return state.sockets[socket]?.client }
            state.sockets[socket]?.kept.append(frame)
            return nil
        }
        client?.received(frame)
    }

    private func accept(_ acceptance: Acceptance, _ socket: SocketReference) {
        let (client, kept) = state.withLock { state -> (TestClient?, [ByteBuffer]) in
            defer {
                state.sockets[socket]?.isCorked = false
                state.sockets[socket]?.kept = []
            }
            return (state.sockets[socket]?.client, state.sockets[socket]?.kept ?? [])
        }
        guard let client else {
            acceptance.session.disconnected(acceptance.connection)
            return
        }
        client.accepted(by: acceptance.session)
        for frame in [acceptance.reply].compactMap({ $0 }) + kept { client.received(frame) }
    }

    private func publish(_ publication: Publication) {
        let owed = state.withLock { state -> [(SocketReference, ByteBuffer)] in
            var owed: [(SocketReference, ByteBuffer)] = []
            for (socket, member) in state.topics[publication.topic] ?? [:] {
                switch publication.content {
                case .events(let room, let first, let pushes):
                    var machine = member.machine
                    let action = machine.published(first, count: pushes.count)
                    state.topics[publication.topic]?[socket]?.machine = machine
                    switch action {
                    case .deliver(let dropped):
                        owed += pushes.dropFirst(dropped).map { (socket, $0[member.audience]) }
                    case .fallBehind:
                        let head = SequenceNumber(first.value + Int64(pushes.count) - 1)
                        owed.append((socket, PushEncoder.behind(room, head: head)))
                    case .ignore: break
                    }
                case .latest(let push, _), .droppable(let push):
                    guard state.sockets[socket]?.client.connection.id != publication.except else { continue }
                    owed.append((socket, push[member.audience]))
                }
            }
            return owed
        }
        for (socket, frame) in owed { deliver(frame, to: socket) }
    }
}
