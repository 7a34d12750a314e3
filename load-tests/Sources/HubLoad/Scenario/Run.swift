/// Runs one plan against one peer.
struct Run {
    let plan: Plan
    let peer: Peer
    let progress: Progress

    /// The figures, or why there are none.
    func figures() -> Figures {
        var figures = Figures(scenario: plan.scenario, title: plan.title, target: peer.name, deflate: plan.deflate)
        do {
            try measure(into: &figures)
        } catch {
            figures.failure = error.description
        }
        progress.end()
        return figures
    }

    private func measure(into figures: inout Figures) throws(LoadError) {
        let server = try start()
        defer { Cores.takeAll() }
        let quiet = server.usage.residentBytes
        let crowd = Crowd(target: peer.target, port: server.port, size: plan.size, deflate: plan.deflate)
        progress.say("connecting \(plan.rooms * plan.members)")
        try crowd.gather(rooms: plan.rooms, membersPerRoom: plan.members)
        figures.connections = crowd.members.count
        figures.residentPerConnection =
            Double(Int(server.usage.residentBytes) - Int(quiet)) / Double(crowd.members.count)
        switch plan.scenario {
        case .fanout, .rooms:
            try flow(crowd, server, into: &figures)
        case .idle, .storm, .slow, .publish:
            throw LoadError("not there")
        }
        figures.lost = crowd.lost
        figures.duplicates = crowd.tally.duplicates
        figures.behind = crowd.tally.behind
        if let refusal = crowd.tally.firstRefusal {
            throw LoadError("\(crowd.tally.refusals) messages were refused: \(refusal)")
        }
    }

    private func start() throws(LoadError) -> PeerProcess {
        if plan.pins {
            Cores.leaveLast()
        }
        let server = try PeerProcess(peer, deflate: plan.deflate)
        if plan.pins {
            Cores.takeLast()
        }
        return server
    }

    /// Messages at the plan's rate, to all rooms in turn.
    private func flow(_ crowd: Crowd, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        var publisher = Publisher(crowd: crowd, rate: plan.rate)
        try publisher.publish(for: plan.warmup, progress)
        let stretch = Stretch(of: server, crowd)
        try publisher.publish(for: plan.seconds, progress)
        stretch.end(of: server, crowd, into: &figures)
        try crowd.settle(within: 10)
    }
}
