/// Decides who gets which conversation, as customers come, agents answer or fall silent, and time passes.
///
/// Every input does three things in one go: what was due before `now` happens first, so that a late timer changes
/// nothing; then the input; then a `RoutingPass` gives away whatever somebody has room for.
///
///                    offered ──accept──▶
///     waiting ──pass──▶ │               held ──left──▶ gone
///        ▲    ◀─decline, silence, drop─  │
///        └──────── silence, drop ────────┘
///
/// The state is loaded under lock and written back in the same transaction, so any number of hubs may drive it.
package struct RoutingMachine: Sendable {
    /// What one input led to.
    package struct Step: Sendable, Equatable {
        package var effects: [RoutingEffect] = []
        /// Why a wish was not granted. Effects may stand beside it: of time that passed.
        package var refusal: HubError?

        package init() {}
    }

    package internal(set) var state: RoutingState
    package let rules: RoutingRules
    var step = Step()

    package init(_ state: RoutingState, _ rules: RoutingRules) {
        self.state = state
        self.rules = rules
    }

    package mutating func handle(_ input: RoutingInput, at now: Timestamp) -> Step {
        handle([input], at: now)
    }

    /// As one by one, but for one pass at the end: of those who come at once, whoever waits longest is served first.
    ///
    /// - Parameter facts: What has happened to conversations already, and so is heard before anything else is done.
    package mutating func handle(after facts: [RoutingInput] = [], _ inputs: [RoutingInput], at now: Timestamp) -> Step
    {
        step = Step()
        for fact in facts { hear(fact, at: now) }
        settle(at: now)
        for input in inputs { hear(input, at: now) }
        pass(at: now)
        return step
    }

    private mutating func hear(_ input: RoutingInput, at now: Timestamp) {
        switch input {
        case .arrived(let entry): arrived(entry)
        case .left(let room): left(room)
        case .held(let holding): held(holding)
        case .customerWrote(let room): customerWrote(room, at: now)
        case .answered(let room): answered(room)
        case .agent(let agent): changed(agent)
        case .agentGone(let agent): gone(agent, at: now)
        case .accepted(let room, let agent): accepted(room, by: agent, at: now)
        case .declined(let room, let agent): declined(room, by: agent, at: now)
        case .transfer(let transfer): begin(transfer, at: now)
        case .handedOver(let entry, let reason): handedOver(entry, reason)
        case .override(let room, let agent): override(room, to: agent, at: now)
        case .ranked(let room, let priority, let skills): rank(room, priority: priority, skills: skills)
        case .timePassed: break
        }
    }

    // MARK: Conversations

    private mutating func arrived(_ entry: QueueEntry) {
        guard state.entries[entry.room] == nil, state.holdings[entry.room] == nil else { return }
        state.entries[entry.room] = entry
    }

    private mutating func handedOver(_ entry: QueueEntry, _ reason: AssistantHandover.Reason) {
        left(entry.room)
        state.entries[entry.room] = entry
        step.effects.append(
            .handedOver(entry.room, team: entry.team, expecting: entry.epoch - 1, reason))
    }

    private mutating func left(_ room: RoomID) {
        endOffer(of: room, .void)
        state.entries[room] = nil
        state.holdings[room] = nil
    }

    private mutating func held(_ holding: Holding) {
        endOffer(of: holding.room, .void)
        state.entries[holding.room] = nil
        state.holdings[holding.room] = holding
    }

    private mutating func customerWrote(_ room: RoomID, at now: Timestamp) {
        guard var holding = state.holdings[room] else { return }
        holding.customerWaitsSince = holding.customerWaitsSince ?? now
        holding.agentOwesSince = holding.agentOwesSince ?? now
        state.holdings[room] = holding
    }

    private mutating func answered(_ room: RoomID) {
        state.holdings[room]?.customerWaitsSince = nil
        state.holdings[room]?.agentOwesSince = nil
    }

    // MARK: Agents

    private mutating func changed(_ agent: RoutingAgent) {
        var agent = agent
        let known = state.agents[agent.id]?.lastAssignedAt
        agent.lastAssignedAt = [known, agent.lastAssignedAt].compactMap(\.self).max()
        state.agents[agent.id] = agent
    }

    private mutating func gone(_ agent: UserID, at now: Timestamp) {
        for offer in offers(to: agent) { giveUp(offer, .dropped, at: now) }
        for holding in holdings(of: agent) { lose(holding, .dropped, at: now) }
        state.agents[agent] = nil
    }

    func offers(to agent: UserID) -> [Offer] {
        state.offers.values.filter { $0.agent == agent }.sorted { $0.room < $1.room }
    }

    func holdings(of agent: UserID) -> [Holding] {
        state.holdings.values.filter { $0.agent == agent }.sorted { $0.room < $1.room }
    }

    // MARK: Giving

    private mutating func pass(at now: Timestamp) {
        let pass = RoutingPass(state, rules, at: now)
        state.pointers = pass.pointers
        for choice in pass.choices {
            guard let entry = state.entries[choice.room] else { continue }
            if rules.policy(of: entry.team).asksFirst {
                ask(choice.agent, for: entry.room, entry.channel, .queue(choice.reason), at: now)
            } else {
                give(entry, to: choice.agent, choice.reason, decidedAt: now, at: now)
            }
        }
    }

    mutating func ask(
        _ agent: UserID,
        for room: RoomID,
        _ channel: Conversation.Channel,
        _ origin: Offer.Origin,
        at now: Timestamp
    ) {
        let offer = Offer(
            room: room, agent: agent, channel: channel, madeAt: now, expiresAt: now + rules.offerTime, origin: origin)
        state.offers[room] = offer
        state.agents[agent]?.lastAssignedAt = now
        step.effects.append(.offered(offer))
    }

    /// - Parameter decided: When the agent was chosen, which for an offer was before they accepted.
    mutating func give(
        _ entry: QueueEntry,
        to agent: UserID,
        _ reason: AssignmentReason,
        decidedAt decided: Timestamp,
        at now: Timestamp
    ) {
        if decided - entry.enteredAt >= WaitingEstimate.shortestWait {
            state.pace[entry.team] = WaitingEstimate.noting(decided, in: state.pace[entry.team] ?? [])
        }
        state.entries[entry.room] = nil
        state.holdings[entry.room] = Holding(entry, agent: agent, at: now)
        state.agents[agent]?.lastAssignedAt = now
        step.effects.append(
            .assigned(entry.room, to: agent, expecting: entry.epoch, reason, note: entry.note))
    }

    mutating func give(
        _ holding: Holding, to agent: UserID, _ reason: AssignmentReason, note: String?, at now: Timestamp
    ) {
        state.holdings[holding.room] = holding.handed(to: agent, at: now)
        state.agents[agent]?.lastAssignedAt = now
        step.effects.append(
            .assigned(holding.room, to: agent, expecting: holding.epoch, reason, note: note))
    }

    // MARK: Taking back

    /// Tells that an offer is over, whatever comes next.
    mutating func endOffer(of room: RoomID, _ end: Offer.End) {
        guard let offer = state.offers.removeValue(forKey: room) else { return }
        step.effects.append(.offerEnded(offer, end))
    }

    mutating func queue(
        _ holding: Holding,
        in team: TeamID?,
        _ reason: RoutingEffect.QueueReason,
        _ note: String? = nil,
        at now: Timestamp,
        change: (inout QueueEntry) -> Void = { _ in }
    ) {
        var entry = holding.queued(team: team, at: now, note: note)
        change(&entry)
        state.holdings[holding.room] = nil
        state.entries[holding.room] = entry
        step.effects.append(
            .queued(holding.room, team: team, from: holding.agent, expecting: holding.epoch, reason, note: note))
    }
}
