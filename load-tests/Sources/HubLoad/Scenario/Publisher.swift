/// Publishes to the rooms of a crowd in turn, at a rate.
struct Publisher {
    let crowd: Crowd
    let rate: Rate
    private let rooms: Range<Int>
    private var nextRoom: Int

    /// - Parameter rooms: All that are there now, when nothing is said.
    init(crowd: Crowd, rate: Rate, rooms: Range<Int>? = nil) {
        self.crowd = crowd
        self.rate = rate
        self.rooms = rooms ?? crowd.rooms.indices
        nextRoom = self.rooms.lowerBound
    }

    mutating func publish(for seconds: Double, _ progress: Progress) throws(LoadError) {
        let began = MonotonicTime.now
        let end = began + UInt64(seconds * 1e9)
        switch rate {
        case .perSecond(let rate):
            var count = 0.0
            while true {
                let due = began + UInt64(count / rate * 1e9)
                let now = MonotonicTime.now
                guard now < end, due < end else { break }
                if due <= now {
                    try publishNext(stamp: due)
                    count += 1
                    // A late generator must not starve its own reading.
                    try crowd.swarm.poll(until: 0)
                } else {
                    try crowd.swarm.poll(until: due)
                }
                progress.show(crowd)
            }
            while MonotonicTime.now < end {
                try crowd.swarm.poll(until: end)
            }
        case .max(let window):
            while MonotonicTime.now < end {
                for room in rooms {
                    while crowd.waiting(in: room) < window {
                        try crowd.publish(in: room, stamp: MonotonicTime.now)
                    }
                }
                try crowd.swarm.poll(until: end)
                progress.show(crowd)
            }
        }
    }

    private mutating func publishNext(stamp: UInt64) throws(LoadError) {
        try crowd.publish(in: nextRoom, stamp: stamp)
        nextRoom = nextRoom + 1 < rooms.upperBound ? nextRoom + 1 : rooms.lowerBound
    }
}
