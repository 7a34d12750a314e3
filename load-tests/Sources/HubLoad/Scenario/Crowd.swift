import Glibc

/// The members of all rooms of a run: brings them in, publishes, and judges what they get.
final class Crowd: SwarmListener {
    /// How long anything may take before the run is given up.
    static let patience = 60.0
    private static let slowReceiveBytes: Int32 = 4096

    private(set) var members: [Member] = []
    private(set) var rooms: [Room] = []
    var tally = Tally()
    /// Deliveries that are still to come.
    private(set) var outstanding = 0
    private(set) var published = 0
    /// Members that have become live, since the beginning.
    private(set) var arrivals = 0
    let swarm: Swarm

    /// What is said later, and when.
    private var postponed: [(due: UInt64, link: Int, text: String)] = []
    private let target: any Target
    private let texts: MessageTexts

    init(target: any Target, port: Int, size: Int, deflate: Bool) {
        self.target = target
        texts = MessageTexts(byteCount: size)
        swarm = Swarm(port: port, deflate: deflate)
        swarm.listener = self
    }

    // MARK: Coming and going

    /// Makes further rooms and brings their members in; the first of each before the others.
    ///
    /// The last `slowOnes` have a small receive buffer, so that the server feels soon when they do not read.
    func gather(rooms count: Int, membersPerRoom: Int, slowOnes: Int = 0) throws(LoadError) {
        let firstRoom = rooms.count
        for index in firstRoom..<firstRoom + count {
            let first = members.count
            for _ in 0..<membersPerRoom {
                _ = swarm.add()
                members.append(Member(room: index))
            }
            rooms.append(Room(index: index, members: first..<members.count))
        }
        try enter(rooms[firstRoom...].map(\.members.lowerBound))
        try enter(members.indices.dropLast(slowOnes).filter { members[$0].state == .away })
        try enter(members.indices.suffix(slowOnes), receiveBytes: Self.slowReceiveBytes)
    }

    /// Connects members and waits until all of them are live; `mostAtOnce` handshakes and greetings at a time.
    func enter(
        _ entering: some Collection<Int>,
        mostAtOnce: Int = 128,
        receiveBytes: Int32? = nil
    ) throws(LoadError) {
        let goal = arrivals + entering.count
        let deadline = MonotonicTime.after(seconds: Self.patience)
        var waiting = Array(entering)[...]
        while arrivals < goal {
            while let index = waiting.first, goal - arrivals - waiting.count < mostAtOnce {
                waiting.removeFirst()
                members[index].state = .arriving
                try swarm.open(index, path: target.path(to: rooms[members[index].room]), receiveBytes: receiveBytes)
            }
            try sayPostponed()
            try swarm.poll(until: postponed.map(\.due).min().map { min($0, deadline) } ?? deadline)
            if let refusal = tally.firstRefusal {
                throw LoadError("the server refused a member: \(refusal)")
            }
            guard MonotonicTime.now < deadline else {
                throw LoadError(
                    "\(goal - arrivals) of \(entering.count) members were not live after \(Self.patience) s")
            }
        }
    }

    /// Drops connections without a word.
    func drop(_ leaving: some Collection<Int>) {
        for index in leaving {
            swarm.drop(index)
            members[index].state = .away
        }
    }

    // MARK: Publishing

    /// Sends the room's next message, which was due at `stamp`.
    func publish(in room: Int, stamp: UInt64) throws(LoadError) {
        rooms[room].published += 1
        let number = rooms[room].published
        let text = texts.text(Marker(stamp: stamp, number: number))
        published += 1
        outstanding += rooms[room].members.count
        rooms[room].outstanding += rooms[room].members.count
        try swarm.send(target.publish(text, number: number, in: rooms[room]), on: rooms[room].members.lowerBound)
    }

    /// How many of the room's messages are on their way, taken over all members.
    func waiting(in room: Int) -> Int {
        (rooms[room].outstanding + rooms[room].members.count - 1) / rooms[room].members.count
    }

    /// Waits until everybody has got everything; what is missing at the deadline is lost.
    func settle(within seconds: Double) throws(LoadError) {
        let deadline = MonotonicTime.after(seconds: seconds)
        while outstanding > 0, MonotonicTime.now < deadline {
            try swarm.poll(until: deadline)
        }
    }

    /// Deliveries that never came.
    var lost: Int {
        members.reduce(0) { $0 + Int(rooms[$1.room].published - $1.received) } + tally.gaps
    }

    // MARK: SwarmListener

    func opened(_ link: Int) throws(LoadError) {
        if !target.greets {
            arrived(link)
        }
    }

    func received(_ message: UnsafeRawBufferPointer, on link: Int) throws(LoadError) {
        var offset = 0
        var isDelivery = false
        let now = MonotonicTime.now
        while let marker = Marker.next(in: message, from: &offset) {
            isDelivery = true
            deliver(marker, to: link, at: now)
        }
        guard !isDelivery || members[link].state != .live else { return }
        let room = members[link].room
        let text = String(decoding: message, as: UTF8.self)
        switch try target.hear(text, in: &rooms[room], received: members[link].received) {
        case .ignore:
            break
        case .say(let answer):
            try swarm.send(answer, on: link)
        case .live:
            arrived(link)
        case .behind(let answer):
            tally.behind += 1
            members[link].state = .catchingUp
            try swarm.send(answer, on: link)
        case .retry(let answer, let milliseconds):
            tally.retries += 1
            postponed.append((MonotonicTime.after(seconds: Double(milliseconds) / 1000), link, answer))
        case .deltas(let count):
            tally.deltas += count
            tally.growing.insert(link)
        case .refused(let message):
            tally.refusals += 1
            tally.firstRefusal = tally.firstRefusal ?? message
        }
    }

    func closed(_ link: Int, code: Int?) throws(LoadError) {
        members[link].state = .away
        throw LoadError("the server closed a connection with \(code.map(String.init) ?? "no code")")
    }

    private func sayPostponed() throws(LoadError) {
        let now = MonotonicTime.now
        let due = postponed.filter { $0.due <= now }
        postponed.removeAll { $0.due <= now }
        for entry in due {
            try swarm.send(entry.text, on: entry.link)
        }
    }

    private func arrived(_ link: Int) {
        if members[link].state == .arriving {
            arrivals += 1
        }
        members[link].state = .live
    }

    private func deliver(_ marker: Marker, to link: Int, at now: UInt64) {
        let expected = members[link].received + 1
        guard marker.number >= expected else {
            tally.duplicates += 1
            return
        }
        tally.gaps += Int(marker.number - expected)
        members[link].received = marker.number
        tally.deliveries += 1
        outstanding -= 1
        rooms[members[link].room].outstanding -= 1
        tally.record(nanoseconds: now > marker.stamp ? now - marker.stamp : 0)
    }
}
