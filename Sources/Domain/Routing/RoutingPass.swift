/// Decides which waiting conversations go to whom now, all in one pass.
///
/// In the order of the line each conversation gets an agent by its team's policy, if any can take it. So after a pass
/// nobody waits for whom an agent has room: agents only ever lose room in it. Nobody gets more than their capacity,
/// and nobody who is not online, lacks a skill, or had their chance. The same state gives the same choices.
package struct RoutingPass: Sendable, Equatable {
    package struct Choice: Sendable, Equatable {
        package let room: RoomID
        package let agent: UserID
        package let reason: AssignmentReason
    }

    package private(set) var choices: [Choice] = []
    /// Where the rounds stand afterwards.
    package private(set) var pointers: [TeamID?: UserID]

    /// Who still has room, in the order of their ids.
    private var free: [RoutingAgent]
    private var loads: [UserID: Load]
    private let rules: RoutingRules
    private let now: Timestamp

    package init(_ state: RoutingState, _ rules: RoutingRules, at now: Timestamp) {
        self.rules = rules
        self.now = now
        pointers = state.pointers
        loads = state.loads(rules.weights)
        free = state.agents.values.filter(\.takesNew).sorted { $0.id < $1.id }
        forgetTheFull()
        guard !free.isEmpty else { return }
        for entry in state.line {
            guard let (agent, reason) = choose(for: entry) else { continue }
            give(entry, to: agent, reason)
            guard !free.isEmpty else { return }
        }
    }

    private func choose(for entry: QueueEntry) -> (RoutingAgent, AssignmentReason)? {
        let policy = rules.policy(of: entry.team)
        if policy.lastAgentFirst, let agent = free.first(where: { $0.id == entry.preferred }), canTake(agent, entry) {
            return (agent, .lastAgent)
        }
        switch policy.choice {
        case .manual: return nil
        case .roundRobin: return nextInRound(for: entry).map { ($0, .roundRobin) }
        case .leastBusy: return leastBusy(for: entry).map { ($0, .leastBusy) }
        }
    }

    private func nextInRound(for entry: QueueEntry) -> RoutingAgent? {
        let fit = free.filter { canTake($0, entry) }
        guard let last = pointers[entry.team] else { return fit.first }
        return fit.first { $0.id > last } ?? fit.first
    }

    private func leastBusy(for entry: QueueEntry) -> RoutingAgent? {
        free.filter { canTake($0, entry) }
            .min { (load(of: $0), $0.idleSince, $0.id) < (load(of: $1), $1.idleSince, $1.id) }
    }

    private func canTake(_ agent: RoutingAgent, _ entry: QueueEntry) -> Bool {
        agent.isFit(for: entry) && !entry.wasPassed(by: agent.id, at: now, rules)
            && load(of: agent) + rules.weights[entry.channel] <= agent.capacity
    }

    private func load(of agent: RoutingAgent) -> Load { loads[agent.id] ?? .none }

    private mutating func give(_ entry: QueueEntry, to agent: RoutingAgent, _ reason: AssignmentReason) {
        choices.append(Choice(room: entry.room, agent: agent.id, reason: reason))
        loads[agent.id, default: .none] += rules.weights[entry.channel]
        if let index = free.firstIndex(where: { $0.id == agent.id }) { free[index].lastAssignedAt = now }
        if reason == .roundRobin { pointers[entry.team] = agent.id }
        forgetTheFull()
    }

    private mutating func forgetTheFull() {
        let lightest = min(rules.weights.web, rules.weights.whatsapp)
        free = free.filter { load(of: $0) + lightest <= $0.capacity }
    }
}
