/// Decides everything that happens when routing takes a turn: what it hears, whom it gives conversations, and what
/// is written.
///
/// A turn is one transaction under routing's lock. It begins with the rows as they were, brings in who is present and
/// what changed in conversations, then what somebody asks for, and ends with one pass. The same rows give the same turn.
package struct RoutingTurn: Sendable {
    /// What the transaction read.
    package struct Found: Sendable {
        package var state: RoutingState
        package var rules: RoutingRules
        package var lifeRules: LifeRules
        /// Everybody with an open account as they are now; those of `state.agents` are as routing saw them last.
        package var agents: [RoutingAgent]
        /// Conversations whose row changed, in the order in which they did.
        package var facts: [RoutingReview.Facts]
        package var memories: [RoomID: RoutingMemory]
        package var teams: Set<TeamID>

        package init(
            state: RoutingState,
            rules: RoutingRules,
            lifeRules: LifeRules = LifeRules(),
            agents: [RoutingAgent] = [],
            facts: [RoutingReview.Facts] = [],
            memories: [RoomID: RoutingMemory] = [:],
            teams: Set<TeamID> = []
        ) {
            self.state = state
            self.rules = rules
            self.lifeRules = lifeRules
            self.agents = agents
            self.facts = facts
            self.memories = memories
            self.teams = teams
        }
    }

    package let state: RoutingState
    package let nextDeadline: Timestamp?
    /// In the order in which they are to be written.
    package private(set) var handovers: [RoutingHandover] = []
    /// Of the conversations that were looked at, or changed hands.
    package private(set) var memories: [RoomID: RoutingMemory] = [:]
    package let effects: [RoutingEffect]
    /// Why the wish was not granted.
    package let refusal: HubError?

    package init(_ found: Found, _ wish: RoutingWish?, at now: Timestamp) {
        var machine = RoutingMachine(found.state, found.rules)
        // Reviews see who is here now.
        var seen = found.state
        for agent in found.agents { seen.agents[agent.id] = agent }
        var changes: [RoutingInput] = []
        var teams = found.state.holdings.compactMapValues(\.team)
        for facts in found.facts {
            teams[facts.room] = facts.conversation.team
            let review = RoutingReview(
                facts, found.memories[facts.room], seen, found.rules, found.lifeRules, at: now)
            if let handover = review.handover { handovers.append(handover) }
            changes += review.inputs
            memories[facts.room] = review.memory
            seen.take(review.inputs)
        }
        var asked: [RoutingInput] = []
        var impossible: HubError?
        do throws(HubError) {
            if let wish { asked = [try wish.input(found, at: now)] }
        } catch {
            impossible = error
        }
        let step = machine.handle(after: changes, Self.staff(found) + asked, at: now)
        state = machine.state
        nextDeadline = machine.nextDeadline
        effects = step.effects
        refusal = impossible ?? step.refusal
        for effect in step.effects {
            guard let handover = RoutingHandover(effect, teams: teams) else { continue }
            handovers.append(handover)
            var memory = memories[handover.room] ?? found.memories[handover.room] ?? RoutingMemory()
            memory.epoch = handover.expected + 1
            memory.phase = machine.state.phase(of: handover.room)
            memories[handover.room] = memory
        }
    }

    private static func staff(_ found: Found) -> [RoutingInput] {
        let known = Set(found.agents.map(\.id))
        let gone = Set(found.state.holdings.values.map(\.agent) + found.state.offers.values.map(\.agent))
            .union(found.state.agents.keys).subtracting(known)
        let changed = found.agents.filter { found.state.agents[$0.id] != $0 }.sorted { $0.id < $1.id }
        return gone.sorted().map { .agentGone($0) } + changed.map { .agent($0) }
    }
}

extension RoutingState {
    /// Counts what agents have got back, so that those who come at once do not all find the same room.
    fileprivate mutating func take(_ inputs: [RoutingInput]) {
        for input in inputs {
            if case .held(let holding) = input { holdings[holding.room] = holding }
            if case .left(let room) = input { holdings[room] = nil }
        }
    }

    /// Where a conversation stands that somebody just got or lost.
    fileprivate func phase(of room: RoomID) -> LifePhase {
        if entries[room] != nil { return .queued }
        return holdings[room]?.customerWaitsSince == nil ? .waiting : .open
    }
}
