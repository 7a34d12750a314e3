extension RoutingMachine {
    /// When `timePassed` has something to do next; nil when nothing is due.
    package var nextDeadline: Timestamp? {
        let offers = state.offers.values.map(\.expiresAt)
        let answers = state.holdings.values.compactMap(answerDue)
        let drops = state.agents.values.filter(hasWork).compactMap(dropDue)
        let pauses = state.entries.values.filter { state.offers[$0.room] == nil }
            .flatMap { $0.silent.values.map { $0 + rules.silentPause } }
        return [offers.min(), answers.min(), drops.min(), pauses.min()].compactMap(\.self).min()
    }

    /// Does what was due by `now`: offers that are over, agents who dropped, agents who stay silent.
    mutating func settle(at now: Timestamp) {
        for agent in state.agents.values.sorted(by: { $0.id < $1.id }) {
            guard let due = dropDue(agent), due <= now else { continue }
            for offer in offers(to: agent.id) { giveUp(offer, .dropped, at: now) }
            for holding in holdings(of: agent.id) where takesBack(holding) { lose(holding, .dropped, at: now) }
        }
        let over = state.offers.values.filter { $0.expiresAt <= now }
        for offer in over.sorted(by: { ($0.expiresAt, $0.room) < ($1.expiresAt, $1.room) }) {
            giveUp(offer, .silent, at: now)
        }
        for holding in state.holdings.values.sorted(by: { $0.room < $1.room }) {
            guard let due = answerDue(holding), due <= now else { continue }
            lose(holding, .silent, at: now)
        }
        for (room, entry) in state.entries where !entry.silent.isEmpty {
            state.entries[room]?.silent = entry.silent.filter { now < $0.value + rules.silentPause }
        }
    }

    /// An agent does not take what they were offered.
    mutating func giveUp(_ offer: Offer, _ end: Offer.End, at now: Timestamp) {
        endOffer(of: offer.room, end)
        switch offer.origin {
        case .queue:
            if end == .declined {
                state.entries[offer.room]?.declined.insert(offer.agent)
            } else {
                state.entries[offer.room]?.silent[offer.agent] = now
            }
        case .transfer(let transfer):
            fallBack(transfer, at: now)
        }
    }

    /// An agent does not keep what they have: the queue gets it if the customer waits, and nobody if not.
    mutating func lose(_ holding: Holding, _ reason: RoutingEffect.QueueReason, at now: Timestamp) {
        endOffer(of: holding.room, .void)
        guard holding.customerWaitsSince != nil else {
            state.holdings[holding.room] = nil
            step.effects.append(.released(holding.room, from: holding.agent, expecting: holding.epoch))
            return
        }
        queue(holding, in: holding.team, reason, at: now) { $0.silent[holding.agent] = now }
    }

    /// A transfer that is being offered holds the clock of whoever asked for it.
    private func answerDue(_ holding: Holding) -> Timestamp? {
        guard let time = rules.answerTime, takesBack(holding), state.offers[holding.room] == nil else { return nil }
        return holding.agentOwesSince.map { $0 + time }
    }

    private func dropDue(_ agent: RoutingAgent) -> Timestamp? {
        switch agent.presence {
        case .offline: agent.presentSince + rules.dropGrace
        case .away, .busy, .online: nil
        }
    }

    private func hasWork(_ agent: RoutingAgent) -> Bool {
        state.offers.values.contains { $0.agent == agent.id }
            || state.holdings.values.contains { $0.agent == agent.id && takesBack($0) }
    }

    private func takesBack(_ holding: Holding) -> Bool { rules.policy(of: holding.team).takesBack }
}
