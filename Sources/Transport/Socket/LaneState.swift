import Actors
import Domain
import NIOCore
import Wire

/// The loop-bound half of a lane: the table of sockets and who is subscribed to what.
final class LaneState {
    private let settings: SocketSettings
    private var slots: ContiguousArray<SocketConnection?> = []
    /// For each slot what fan-out needs of it.
    private var ports: ContiguousArray<SocketPort> = []
    private var freeSlots: [UInt32] = []
    private var topics = TopicTable()
    /// What directly written sockets are owed at the end of the turn.
    private var turn: TurnOutput
    /// Sockets that are owed something of their own.
    private var dirty: [SocketConnection] = []
    let deflate: LoopDeflate
    /// Memory in which a socket's frames are joined to leave in one write.
    private var scratch = ByteBuffer()
    private(set) var count = 0
    var traffic = LaneTraffic()
    private var addresses: KeyedBuckets<NetworkAddress?>

    init(settings: SocketSettings) {
        self.settings = settings
        turn = TurnOutput(maxBytes: settings.maxOutboundBytes)
        addresses = KeyedBuckets(
            capacity: settings.addressOperationBurst,
            refillPerSecond: settings.addressOperationsPerSecond,
            maxKeys: 20_000
        )
        do throws(CompressionFailure) {
            deflate = LoopDeflate(
                streams: try SharedDeflate(level: settings.deflate.compressionLevel),
                thresholdBytes: settings.limits.compressionThresholdBytes
            )
        } catch {
            preconditionFailure("no memory for the compression streams of an event loop at start")
        }
    }

    // MARK: Sockets

    func add(_ connection: SocketConnection) -> SocketReference {
        count += 1
        let slot: UInt32
        if let free = freeSlots.popLast() {
            slot = free
            slots[Int(slot)] = connection
        } else {
            slot = UInt32(slots.count)
            slots.append(connection)
            ports.append(SocketPort())
        }
        ports[Int(slot)].form = SocketPort.Form(connection.compression)
        ports[Int(slot)].connection = connection.id
        return SocketReference(slot: slot, generation: ports[Int(slot)].generation)
    }

    /// Frees a slot: subscriptions carry the generation, so a late one is harmless.
    func remove(_ socket: SocketReference) {
        guard connection(socket) != nil else { return }
        let place = Int(socket.slot)
        _ = turn.take(from: &ports[place])
        slots[place] = nil
        ports[place] = SocketPort()
        ports[place].generation = socket.generation &+ 1
        freeSlots.append(socket.slot)
        count -= 1
    }

    private func connection(_ socket: SocketReference) -> SocketConnection? {
        guard ports[Int(socket.slot)].generation == socket.generation else { return nil }
        return slots[Int(socket.slot)]
    }

    /// Lets fan-out write to a socket past its connection, which has nothing left to send.
    func open(_ socket: SocketReference, _ descriptor: SocketDescriptor) {
        guard connection(socket) != nil else { return }
        ports[Int(socket.slot)].descriptor = descriptor
    }

    /// Leaves everything to the connection again; returns what fan-out owed the socket in this turn.
    func hold(_ socket: SocketReference) -> ByteBuffer? {
        guard connection(socket) != nil else { return nil }
        ports[Int(socket.slot)].descriptor = .closed
        return turn.take(from: &ports[Int(socket.slot)])
    }

    /// Counts one operation against an address; how long to wait when there were too many.
    func takeOperation(of address: NetworkAddress?, at moment: Timestamp) -> Duration? {
        addresses.take(for: address?.network, at: moment)
    }

    var connections: [SocketConnection] { slots.compactMap { $0 } }

    /// Lends memory for joining frames; who writes all of it at once gives it back.
    func borrowScratch() -> ByteBuffer {
        defer { scratch = ByteBuffer() }
        return scratch
    }

    func giveBackScratch(_ bytes: consuming ByteBuffer) {
        guard bytes.capacity <= TurnOutput.maxKeptBytes else { return }
        bytes.clear()
        scratch = bytes
    }

    // MARK: Messages

    func handle(_ message: LaneMessage) {
        switch message {
        case .frame(let socket, let text):
            connection(socket)?.sendControl(text)
        case .droppable(let socket, let text):
            connection(socket)?.sendDroppable(SharedFrame(text: text))
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

    /// A member whose connection has to see to it itself.
    private struct Aside {
        /// Of the events the client gets none: it fell behind.
        static let everything = Int.max

        let socket: SocketReference
        let audience: Audience
        let dropping: Int
    }

    /// The hot loop: no `await`, no promise, no lock, nothing allocated, encoded or retained per member.
    private func publish(_ publication: Publication) {
        guard var members = topics.take(publication.topic) else { return }
        var deliveries = 0
        let events = publication.content.events
        var staff = Edition(of: publication.content, for: .staff)
        var customer = Edition(of: publication.content, for: .customer)
        var asides: [Aside] = []
        // Taken out of the object, so that no access in the loop is checked for exclusivity.
        var (ports, turn) = (ContiguousArray<SocketPort>(), TurnOutput(maxBytes: 0))
        swap(&ports, &self.ports)
        swap(&turn, &self.turn)
        var place = 0
        while place < members.count {
            let member = members[place]
            let slot = Int(member.socket.slot)
            guard ports[slot].generation == member.socket.generation else {
                members.swapRemove(at: place)
                continue
            }
            defer { place += 1 }
            var dropping = 0
            if let events {
                switch members[place].subscriber.published(events.first, count: events.count) {
                case .deliver(let number): dropping = number
                case .fallBehind: dropping = Aside.everything
                case .ignore: continue
                }
            } else if ports[slot].connection == publication.except {
                continue
            }
            deliveries += 1
            if ports[slot].isDirect, dropping == 0 {
                let segment =
                    switch member.audience {
                    case .staff: staff.segment(ports[slot].form, &turn, deflate)
                    case .customer: customer.segment(ports[slot].form, &turn, deflate)
                    }
                if turn.append(segment, to: &ports[slot], in: member.socket.slot) { continue }
            }
            asides.append(Aside(socket: member.socket, audience: member.audience, dropping: dropping))
        }
        swap(&ports, &self.ports)
        swap(&turn, &self.turn)
        topics.giveBack(members, of: publication.topic)
        traffic.publications += 1
        traffic.deliveries += UInt64(deliveries)
        for aside in asides {
            guard let connection = connection(aside.socket) else { continue }
            let frames =
                switch aside.audience {
                case .staff: staff.frames(for: connection.compression, deflate)
                case .customer: customer.frames(for: connection.compression, deflate)
                }
            hand(frames, of: publication, to: connection, dropping: aside.dropping)
        }
    }

    private func hand(
        _ frames: ContiguousArray<SharedFrame>,
        of publication: Publication,
        to connection: SocketConnection,
        dropping: Int
    ) {
        switch publication.content {
        case .events(let room, let first, _):
            let lag = OutboundQueue.Lag(topic: publication.topic, room: room)
            var fits = dropping < frames.count
            for (offset, frame) in frames.enumerated().dropFirst(dropping) where fits {
                fits = connection.sendEvent(frame, of: lag, at: SequenceNumber(first.value + Int64(offset)))
            }
            guard !fits else { return }
            var lags = connection.giveUpEvents()
            lags[lag] = SequenceNumber(first.value + Int64(frames.count) - 1)
            fallBehind(lags, connection)
        case .latest(_, let key):
            for frame in frames { connection.sendLatest(frame, key: key) }
        case .droppable:
            for frame in frames { connection.sendDroppable(frame) }
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
        if !turn.isEmpty { flushTurn() }
        guard !dirty.isEmpty else { return }
        let flushed = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in flushed { connection.flush() }
    }

    /// One write for each socket; what it does not take is left to its connection.
    private func flushTurn() {
        for slot in turn.slots {
            let place = Int(slot)
            // A connection that was owed something of its own took the chain over.
            guard let bytes = turn.take(from: &ports[place]) else { continue }
            switch ports[place].descriptor.offer(bytes) {
            case .taken(bytes.readableBytes): traffic.bytesOut += UInt64(bytes.readableBytes)
            case .taken(let count): slots[place]?.fellShort(bytes, taken: count)
            case .broken: slots[place]?.broke()
            }
        }
        turn.clear()
    }

    func tick() {
        let now = NIODeadline.now()
        let moment = settings.now()
        for case let connection? in slots { connection.tick(now, moment) }
        flushDirty()
    }
}

extension Publication.Content {
    /// What is judged by each member's place in the log.
    fileprivate var events: (first: SequenceNumber, count: Int)? {
        switch self {
        case .events(_, let first, let pushes): (first, pushes.count)
        case .latest, .droppable: nil
        }
    }
}
