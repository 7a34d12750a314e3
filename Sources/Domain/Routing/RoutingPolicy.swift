/// How a team's conversations find their agent.
package struct RoutingPolicy: Sendable, Equatable {
    package enum Choice: String, Sendable, CaseIterable {
        /// Nobody is chosen: agents take from the queue themselves.
        case manual
        /// One after the other, from the one who came last on.
        case roundRobin = "round_robin"
        /// Whoever has least open now; of equals, whoever has been idle longest.
        case leastBusy = "least_busy"
    }

    package var choice: Choice
    /// Whether the agent whom a customer knows is asked first. If they cannot take it, `choice` decides at once.
    package var lastAgentFirst: Bool
    /// Whether agents are asked and may decline, or are given conversations outright.
    package var asksFirst: Bool
    /// Whether an agent loses what they leave without an answer, or drop.
    package var takesBack: Bool

    package init(
        choice: Choice = .leastBusy,
        lastAgentFirst: Bool = true,
        asksFirst: Bool = false,
        takesBack: Bool = true
    ) {
        self.choice = choice
        self.lastAgentFirst = lastAgentFirst
        self.asksFirst = asksFirst
        self.takesBack = takesBack
    }

    /// What holds until a shop decides: everybody sees who waits and takes them by hand, and keeps what they took.
    package static let byHand = RoutingPolicy(
        choice: .manual, lastAgentFirst: false, asksFirst: false, takesBack: false)
}
