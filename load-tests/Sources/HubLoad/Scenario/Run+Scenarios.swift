/// What each scenario does once its members are in.
extension Run {
    /// Messages at the plan's rate, to all rooms in turn.
    func flow(_ crowd: Crowd, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        var publisher = Publisher(crowd: crowd, rate: plan.rate)
        try publisher.publish(for: plan.warmup, progress)
        let stretch = Stretch(of: server, crowd)
        try publisher.publish(for: plan.seconds, progress)
        stretch.end(of: server, crowd, into: &figures)
    }

    /// Nothing but the server's pings, which are answered.
    func idle(
        _ crowd: Crowd,
        _ server: PeerProcess,
        above empty: UInt64,
        into figures: inout Figures
    ) throws(LoadError) {
        try wait(plan.warmup, crowd, "settling")
        let stretch = Stretch(of: server, crowd)
        try wait(plan.seconds, crowd, "idle")
        stretch.end(of: server, crowd, into: &figures)
        figures.noteMemory(of: server, above: empty)
        figures.more[MoreKey.microsecondsPerSecond] = figures.serverCores * 1e6 / Double(figures.connections)
    }

    /// All but the first member of the first room lose the connection, miss messages, and come back at once.
    func storm(_ crowd: Crowd, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        let missed = 20
        var publisher = Publisher(crowd: crowd, rate: plan.rate)
        try publisher.publish(for: plan.warmup, progress)
        try crowd.settle(within: 10)
        let returning = crowd.members.indices.dropFirst()
        crowd.drop(returning)
        try wait(1, crowd, "everybody is away")
        for _ in 0..<missed {
            try crowd.publish(in: 0, stamp: MonotonicTime.now)
        }
        try wait(1, crowd, "everybody is away")

        progress.say("everybody comes back")
        let stretch = Stretch(of: server, crowd)
        let began = MonotonicTime.now
        try crowd.enter(returning, mostAtOnce: returning.count)
        figures.more[MoreKey.secondsUntilLive] = Double(MonotonicTime.now - began) / 1e9
        figures.more[MoreKey.retries] = Double(crowd.tally.retries)
        try crowd.settle(within: 10)
        stretch.end(of: server, crowd, into: &figures)
        // Messages waited for their members, which is no latency of the server.
        figures.latency = nil
        figures.cpuPerDelivery = nil
        figures.more[MoreKey.cpuOfReturn] = figures.serverCores * figures.seconds * 1e6 / Double(returning.count)
    }

    /// First everybody reads, then one stops; the figures are those of the others meanwhile.
    func slow(_ crowd: Crowd, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        var publisher = Publisher(crowd: crowd, rate: plan.rate)
        try publisher.publish(for: plan.warmup, progress)
        let atFirst = Double(server.usage.residentBytes)
        let before = Stretch(of: server, crowd)
        try publisher.publish(for: plan.seconds, progress)
        before.end(of: server, crowd, into: &figures)
        figures.more[MoreKey.p99WithoutSlow] = figures.latency.map { Double($0.p99) }

        let memory = Double(server.usage.residentBytes)
        let slowOne = crowd.members.count - 1
        crowd.swarm.read(slowOne, false)
        let stretch = Stretch(of: server, crowd)
        try publisher.publish(for: plan.seconds, progress)
        stretch.end(of: server, crowd, into: &figures)
        // The log and the caches grow with every message, also while all read.
        let growth = Double(server.usage.residentBytes) - memory
        figures.more[MoreKey.memoryOfSlow] = (growth - (memory - atFirst)) / 1024
        crowd.swarm.read(slowOne, true)
    }

    private func wait(_ seconds: Double, _ crowd: Crowd, _ what: String) throws(LoadError) {
        let end = MonotonicTime.after(seconds: seconds)
        while MonotonicTime.now < end {
            progress.say("\(what), \((end - min(end, MonotonicTime.now)) / 1_000_000_000) s")
            try crowd.swarm.poll(until: min(end, MonotonicTime.after(seconds: 0.25)))
        }
    }
}
