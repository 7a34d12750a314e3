/// Answers of the assistant that all grow at once, while people chat in rooms of their own.
extension Run {
    /// What people do meanwhile, and before it.
    private static let chat = (rooms: 100, members: 4, rate: Rate.perSecond(200))

    func measureAnswers(into figures: inout Figures) throws(LoadError) {
        guard case .perSecond(let tokens) = plan.rate else { throw LoadError("answers need a rate of a number") }
        let model = try LocalModel(near: peer, tokensPerSecond: tokens, seconds: plan.warmup + plan.seconds + 10)
        let server = try start(model.environment)
        defer { Cores.takeAll() }
        let crowd = Crowd(target: peer.target, port: server.port, size: plan.size, deflate: plan.deflate)
        progress.say("connecting people")
        try crowd.gather(rooms: Self.chat.rooms, membersPerRoom: Self.chat.members)
        var chat = Publisher(crowd: crowd, rate: Self.chat.rate)
        try chat.publish(for: plan.warmup, progress)
        var alone = figures
        let before = Stretch(of: server, crowd)
        try chat.publish(for: plan.seconds, progress)
        before.end(of: server, crowd, into: &alone)

        try answerFirst(server)
        progress.say("connecting \(plan.rooms) who ask")
        try crowd.gather(rooms: plan.rooms, membersPerRoom: plan.members)
        for room in crowd.rooms.indices.dropFirst(Self.chat.rooms) {
            try crowd.publish(in: room, stamp: MonotonicTime.now)
        }
        try chat.publish(for: plan.warmup, progress)
        let deltas = crowd.tally.deltas
        crowd.tally.growing = []
        let stretch = Stretch(of: server, crowd)
        try chat.publish(for: plan.seconds, progress)
        stretch.end(of: server, crowd, into: &figures)
        figures.connections = crowd.members.count
        figures.more[MoreKey.p99WithoutAnswers] = alone.latency.map { Double($0.p99) }
        figures.more[MoreKey.growingAnswers] = Double(crowd.tally.growing.count)
        let perSecond = Double(crowd.tally.deltas - deltas) / figures.seconds
        figures.more[MoreKey.deltasPerSecond] = perSecond
        figures.more[MoreKey.cpuOfDelta] = (figures.serverCores - alone.serverCores) * 1e6 / perSecond
        try judge(crowd, into: &figures)
    }

    /// From now on the assistant meets who comes, and answers as long as the model likes.
    private func answerFirst(_ server: PeerProcess) throws(LoadError) {
        let token = try ProductShelf.signIn(server, peer)
        let connection = try RestConnection(port: server.port)
        for (name, value) in [("answers_first", "true"), ("patience_ms", "0"), ("answer_tokens", "4000")] {
            let answer = try connection.ask(
                RestConnection.request(
                    "PATCH", "/api/v1/settings/assistant.\(name)", token: token, json: #"{"value":\#(value)}"#))
            guard answer.status == 200 else { throw LoadError("\(answer.status): \(answer.body)") }
        }
    }
}
