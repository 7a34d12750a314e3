/// What people decide by hand: to accept, to decline, to transfer, to overrule.
extension RoutingMachine {
    mutating func accepted(_ room: RoomID, by agent: UserID, at now: Timestamp) {
        guard let offer = state.offers[room], offer.agent == agent else { return refuseForeignOffer() }
        state.offers[room] = nil
        switch offer.origin {
        case .queue(let reason):
            guard let entry = state.entries[room] else { return }
            give(entry, to: agent, reason, decidedAt: offer.madeAt, at: now)
        case .transfer(let transfer):
            guard let holding = state.holdings[room] else { return }
            give(holding, to: agent, .transfer, note: transfer.note, at: now)
        }
    }

    mutating func declined(_ room: RoomID, by agent: UserID, at now: Timestamp) {
        guard let offer = state.offers[room], offer.agent == agent else { return refuseForeignOffer() }
        giveUp(offer, .declined, at: now)
    }

    private mutating func refuseForeignOffer() {
        step.refusal = .conflict("this offer is over: the conversation went to somebody else, or back to the queue")
    }

    // MARK: Transfers

    mutating func begin(_ transfer: Transfer, at now: Timestamp) {
        guard let holding = state.holdings[transfer.room], holding.agent == transfer.from else {
            step.refusal = .conflict("the conversation has another owner now: read it again")
            return
        }
        guard transfer.target != .agent(transfer.from) else {
            step.refusal = .badRequest("a conversation is transferred to somebody else")
            return
        }
        guard transfer.note.unicodeScalars.count <= Transfer.maxNoteLength else {
            step.refusal = .badRequest("a note takes at most \(Transfer.maxNoteLength) characters")
            return
        }
        endOffer(of: transfer.room, .overridden)
        switch transfer.target {
        case .agent(let agent):
            guard state.hasRoom(agent, for: holding.channel, rules.weights) else { return fallBack(transfer, at: now) }
            if rules.policy(of: holding.team).asksFirst {
                ask(agent, for: holding.room, holding.channel, .transfer(transfer), at: now)
            } else {
                give(holding, to: agent, .transfer, note: transfer.note, at: now)
            }
        case .team(let team):
            let isHere = state.agents.values.contains { $0.takesNew && $0.isIn(team) && $0.id != transfer.from }
            guard isHere else { return fallBack(transfer, at: now) }
            queue(holding, in: team, .transfer, transfer.note, at: now) { $0.declined = [transfer.from] }
        }
    }

    mutating func fallBack(_ transfer: Transfer, at now: Timestamp) {
        switch transfer.fallback {
        case .stay:
            step.effects.append(.transferFailed(transfer))
        case .queue(let team):
            guard let holding = state.holdings[transfer.room] else { return }
            queue(holding, in: team, .transferFellBack, transfer.note, at: now) { $0.declined = [transfer.from] }
        }
    }

    // MARK: Supervisors

    mutating func rank(_ room: RoomID, priority: Int64, skills: Set<String>) {
        guard state.entries[room] != nil else {
            step.refusal = .notFound("this conversation does not wait in a queue")
            return
        }
        state.entries[room]?.priority = priority
        state.entries[room]?.skills = skills
    }

    mutating func override(_ room: RoomID, to agent: UserID?, at now: Timestamp) {
        if let agent, state.agents[agent] == nil {
            step.refusal = .notFound("there is no such agent")
            return
        }
        let (entry, holding) = (state.entries[room], state.holdings[room])
        guard entry != nil || holding != nil else {
            step.refusal = .notFound("this conversation neither waits nor is held by an agent")
            return
        }
        guard agent == nil || agent != holding?.agent else { return }
        endOffer(of: room, .overridden)
        if let entry, let agent { give(entry, to: agent, .override, decidedAt: now, at: now) }
        if let holding {
            if let agent {
                give(holding, to: agent, .override, note: nil, at: now)
            } else {
                queue(holding, in: holding.team, .override, at: now) { $0.declined = [holding.agent] }
            }
        }
    }
}
