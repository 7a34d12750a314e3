/// Everything that routing decides from: what is loaded under lock, and written back.
package struct RoutingState: Sendable, Equatable {
    /// Everybody who has something or may get something, with their presence.
    package var agents: [UserID: RoutingAgent]
    package var entries: [RoomID: QueueEntry]
    /// At most one for each conversation.
    package var offers: [RoomID: Offer]
    package var holdings: [RoomID: Holding]
    /// Who came last in the round of each team.
    package var pointers: [TeamID?: UserID]
    /// Moments at which waiting customers were given to somebody, for `WaitingEstimate`.
    package var pace: [TeamID?: [Timestamp]]

    package init(
        agents: [RoutingAgent] = [],
        entries: [QueueEntry] = [],
        offers: [Offer] = [],
        holdings: [Holding] = [],
        pointers: [TeamID?: UserID] = [:],
        pace: [TeamID?: [Timestamp]] = [:]
    ) {
        self.agents = Dictionary(agents.map { ($0.id, $0) }) { $1 }
        self.entries = Dictionary(entries.map { ($0.room, $0) }) { $1 }
        self.offers = Dictionary(offers.map { ($0.room, $0) }) { $1 }
        self.holdings = Dictionary(holdings.map { ($0.room, $0) }) { $1 }
        self.pointers = pointers
        self.pace = pace
    }

    /// What each agent has and is offered.
    package func loads(_ weights: ChannelWeights) -> [UserID: Load] {
        var loads: [UserID: Load] = [:]
        for holding in holdings.values { loads[holding.agent, default: .none] += weights[holding.channel] }
        for offer in offers.values { loads[offer.agent, default: .none] += weights[offer.channel] }
        return loads
    }

    /// Whether `agent` is online and can take one more of this channel: `ownerTakes` of `LifeInput`.
    package func hasRoom(_ agent: UserID, for channel: Conversation.Channel, _ weights: ChannelWeights) -> Bool {
        guard let agent = agents[agent], agent.takesNew else { return false }
        return (loads(weights)[agent.id] ?? .none) + weights[channel] <= agent.capacity
    }

    /// Who waits and is not being asked for, in the order in which they are served.
    package var line: [QueueEntry] {
        entries.values.filter { offers[$0.room] == nil }.sorted { $0.isBefore($1) }
    }
}
