/// Runs one plan against one peer.
struct Run {
    let plan: Plan
    let peer: Peer
    let progress: Progress

    /// The figures, or why there are none.
    func figures() -> Figures {
        var figures = Figures(scenario: plan.scenario, title: plan.title, target: peer.name, deflate: plan.deflate)
        do {
            if peer.isDatabase {
                progress.say("measuring the database")
                try DatabaseLimit(program: peer.program).measure(plan, into: &figures)
            } else if plan.scenario.isRest {
                try measureRest(into: &figures)
            } else if plan.scenario == .webhook {
                try measureWebhook(into: &figures)
            } else if plan.scenario == .answers {
                try measureAnswers(into: &figures)
            } else {
                try measure(into: &figures)
            }
        } catch {
            figures.failure = error.description
        }
        progress.end(figures)
        return figures
    }

    private func measure(into figures: inout Figures) throws(LoadError) {
        let server = try start()
        defer { Cores.takeAll() }
        let empty = server.usage.residentBytes
        let crowd = Crowd(target: peer.target, port: server.port, size: plan.size, deflate: plan.deflate)
        progress.say("connecting \(plan.rooms * plan.members)")
        let slowOnes = plan.scenario == .slow ? 1 : 0
        try crowd.gather(rooms: plan.rooms, membersPerRoom: plan.members, slowOnes: slowOnes)
        figures.connections = crowd.members.count
        figures.noteMemory(of: server, above: empty)
        switch plan.scenario {
        case .fanout, .rooms, .publish: try flow(crowd, server, into: &figures)
        case .idle: try idle(crowd, server, above: empty, into: &figures)
        case .storm: try storm(crowd, server, into: &figures)
        case .slow: try slow(crowd, server, into: &figures)
        case .rest, .pages, .webhook, .answers: throw LoadError("this scenario has no rooms")
        }
        try judge(crowd, into: &figures)
    }

    /// Says what was lost, once everything had its time to come.
    func judge(_ crowd: Crowd, into figures: inout Figures) throws(LoadError) {
        try crowd.settle(within: 20)
        figures.lost = crowd.lost
        figures.duplicates = crowd.tally.duplicates
        figures.behind = crowd.tally.behind
        if let refusal = crowd.tally.firstRefusal {
            throw LoadError("\(crowd.tally.refusals) messages were refused: \(refusal)")
        }
    }

    func start(_ environment: [String: String] = [:]) throws(LoadError) -> PeerProcess {
        if plan.pins {
            Cores.leaveLast()
        }
        let server = try PeerProcess(peer, deflate: plan.deflate, environment: environment)
        if plan.pins {
            Cores.takeLast()
        }
        return server
    }
}
