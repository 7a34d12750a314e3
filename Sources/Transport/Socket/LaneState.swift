import Actors
import Domain
import NIOCore
import Wire

/// The loop-bound half of a lane: the table of sockets and who is subscribed to what.
final class LaneState {
    private let settings: SocketSettings
    private var slots: ContiguousArray<SocketConnection?> = []
    private var generations: ContiguousArray<UInt32> = []
    private var freeSlots: [UInt32] = []
    private var topics = TopicTable()
    private var dirty: [SocketConnection] = []
    /// zlib streams for all sockets of the loop.
    let deflate: SharedDeflate
    var compressionThresholdBytes: Int { settings.limits.compressionThresholdBytes }
    private(set) var count = 0
    private var addresses: KeyedBuckets<NetworkAddress?>

    init(settings: SocketSettings) {
        self.settings = settings
        addresses = KeyedBuckets(
            capacity: settings.addressOperationBurst,
            refillPerSecond: settings.addressOperationsPerSecond,
            maxKeys: 20_000
        )
        do throws(CompressionFailure) {
            deflate = try SharedDeflate(level: settings.deflate.compressionLevel)
        } catch {
            preconditionFailure("no memory for the compression streams of an event loop at start")
        }
    }

    // MARK: Sockets

    func add(_ connection: SocketConnection) -> SocketReference {
        count += 1
        if let slot = freeSlots.popLast() {
            slots[Int(slot)] = connection
            return SocketReference(slot: slot, generation: generations[Int(slot)])
        }
        slots.append(connection)
        generations.append(0)
        return SocketReference(slot: UInt32(slots.count - 1), generation: 0)
    }

    /// Frees a slot once nothing refers to it: subscriptions carry the generation, so a late one is harmless.
    func remove(_ socket: SocketReference) {
        let place = Int(socket.slot)
        guard generations[place] == socket.generation, slots[place] != nil else { return }
        slots[place] = nil
        generations[place] &+= 1
        freeSlots.append(socket.slot)
        count -= 1
    }

    private func connection(_ socket: SocketReference) -> SocketConnection? {
        guard generations[Int(socket.slot)] == socket.generation else { return nil }
        return slots[Int(socket.slot)]
    }

    /// Counts one operation against an address; how long to wait when there were too many.
    func takeOperation(of address: NetworkAddress?, at moment: Timestamp) -> Duration? {
        addresses.take(for: address?.network, at: moment)
    }

    var connections: [SocketConnection] { slots.compactMap { $0 } }

    // MARK: Messages

    func handle(_ message: LaneMessage) {
        switch message {
        case .frame(let socket, let text):
            connection(socket)?.sendControl(text)
        case .refuse(let socket, let error, let id):
            connection(socket)?.refuse(error, id: id)
        case .subscribe(let socket, let subscription, let frame):
            guard let connection = connection(socket) else { return }
            if let frame { connection.sendControl(frame) }
            topics.subscribe(socket, to: subscription)
        case .unsubscribe(let socket, let topic):
            topics.unsubscribe(socket, from: topic)
        case .publish(let publication):
            publish(publication)
        case .cork(let socket):
            connection(socket)?.cork()
        case .accepted(let socket, let acceptance):
            guard let connection = connection(socket) else {
                // It closed while it was let in: its session must not keep it.
                acceptance.session.disconnected(acceptance.connection)
                return
            }
            connection.accepted(acceptance)
        case .rejected(let socket, let error, let id, let closing):
            connection(socket)?.rejected(error, id: id, closing: closing)
        case .close(let socket, let reason):
            connection(socket)?.close(reason)
        }
    }

    /// The hot loop: one frame per kind of eyes, shared by all; no `await`, no promise, nothing encoded per member.
    private func publish(_ publication: Publication) {
        var frames = AudienceFrames(publication.push)
        var lagging: [(SocketConnection, OutboundQueue.Lag, SequenceNumber)] = []
        topics.forEachMember(of: publication.topic) { member in
            guard let connection = connection(member.socket) else { return false }
            switch publication.kind {
            case .durable(let seq):
                guard let room = publication.room else { return true }
                let lag = OutboundQueue.Lag(topic: publication.topic, room: room)
                switch member.subscriber.published(seq) {
                case .deliver:
                    let frame = frames.frame(for: member.audience, connection.compression, self)
                    if !connection.sendEvent(frame, of: lag, at: seq) { lagging.append((connection, lag, seq)) }
                case .fallBehind: lagging.append((connection, lag, seq))
                case .ignore: break
                }
            case .latest(let key):
                guard connection.id != publication.except else { return true }
                connection.sendLatest(frames.frame(for: member.audience, connection.compression, self), key: key)
            case .droppable:
                guard connection.id != publication.except else { return true }
                connection.sendDroppable(frames.frame(for: member.audience, connection.compression, self))
            }
            return true
        }
        for (connection, lag, seq) in lagging {
            var lags = connection.giveUpEvents()
            lags[lag] = seq
            fallBehind(lags, connection)
        }
    }

    /// A socket took nothing for too long: what it is owed of the log is given up.
    func lagged(_ connection: SocketConnection) {
        fallBehind(connection.giveUpEvents(), connection)
    }

    /// Stops pushing rooms to a client and tells it to pull them.
    private func fallBehind(_ lags: [OutboundQueue.Lag: SequenceNumber], _ connection: SocketConnection) {
        for (lag, head) in lags {
            topics.overflowed(connection.reference, in: lag.topic)
            connection.sendControl(PushEncoder.behind(lag.room, head: head))
        }
    }

    // MARK: End of a turn

    func markDirty(_ connection: SocketConnection) {
        dirty.append(connection)
    }

    func flushDirty() {
        guard !dirty.isEmpty else { return }
        let flushed = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in flushed { connection.flush() }
    }

    func tick() {
        let now = NIODeadline.now()
        let moment = settings.now()
        for case let connection? in slots { connection.tick(now, moment) }
        flushDirty()
    }
}

/// The frames of one publication, made when the first member needs them.
private struct AudienceFrames {
    private let push: EncodedPush
    private var staff: Made?
    private var customer: Made?

    private struct Made {
        var frame: SharedFrame
        var isCompressionTried = false
    }

    init(_ push: EncodedPush) {
        self.push = push
    }

    mutating func frame(for audience: Audience, _ compression: OutboundCompression, _ lane: LaneState) -> SharedFrame {
        switch audience {
        case .staff: Self.shared(&staff, push.staff, compression, lane)
        case .customer: Self.shared(&customer, push.customer, compression, lane)
        }
    }

    private static func shared(
        _ made: inout Made?,
        _ text: ByteBuffer,
        _ compression: OutboundCompression,
        _ lane: LaneState
    ) -> SharedFrame {
        var current = made ?? Made(frame: SharedFrame(text: text))
        if case .shared = compression, !current.isCompressionTried {
            current.isCompressionTried = true
            current.frame.compress(with: lane.deflate, thresholdBytes: lane.compressionThresholdBytes)
        }
        made = current
        return current.frame
    }
}
