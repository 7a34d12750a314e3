/// Decides what routing hears of a conversation whose row changed.
///
/// It compares the row as it is with what routing has, whatever led there: a message, an assignment by hand, a state.
/// So a signal that comes late or twice does no harm, and nothing has to arrive in order.
package struct RoutingReview: Sendable, Equatable {
    /// The conversation as its row is now.
    package struct Facts: Sendable, Equatable {
        package let room: RoomID
        package let conversation: Conversation
        package let answeredBy: UserID?

        package init(room: RoomID, conversation: Conversation, answeredBy: UserID?) {
            self.room = room
            self.conversation = conversation
            self.answeredBy = answeredBy
        }
    }

    package private(set) var inputs: [RoutingInput] = []
    /// Nil when whoever has it keeps it.
    package private(set) var handover: RoutingHandover?
    package private(set) var memory: RoutingMemory

    private let facts: Facts
    private let state: RoutingState
    private let policy: RoutingPolicy
    /// Counts the handover.
    private var epoch: Int64
    /// Whose queue it waits in, or would go back to.
    private var team: TeamID?
    /// Whether the customer began a new case, and nobody has touched it since.
    private var isNew = false

    package init(
        _ facts: Facts,
        _ memory: RoutingMemory?,
        _ state: RoutingState,
        _ rules: RoutingRules,
        _ lifeRules: LifeRules,
        at now: Timestamp
    ) {
        let conversation = facts.conversation
        self.facts = facts
        self.memory = memory ?? RoutingMemory()
        self.state = state
        policy = rules.policy(of: conversation.team)
        epoch = conversation.epoch
        team = conversation.team
        recallResolution()
        switch conversation.state {
        case .resolved:
            inputs = [.left(facts.room)]
        case .snoozed:
            self.memory.phase = .snoozed(until: conversation.snoozedUntil ?? now)
            inputs = [.left(facts.room)]
        case .open, .pending:
            let owner = owner(rules, lifeRules, at: now)
            let entrance = isNew && owner == .nobody ? rules.entrances[conversation.channel] : nil
            team = entrance ?? team
            if owner != conversation.owner || (entrance != nil && conversation.assignee?.team != entrance) {
                hand(to: owner)
            }
            switch owner {
            case .agent(let agent): hold(agent, at: now)
            case .assistant: leaveToAssistant()
            case .nobody: queue(at: now)
            }
        }
        self.memory.epoch = epoch
    }

    /// The row says when it was resolved, even if the customer has written since, and whether staff took it up again.
    private mutating func recallResolution() {
        if let resolvedAt = facts.conversation.resolvedAt {
            if resolvedAt != memory.resolvedAt { memory.phase = .resolved(at: resolvedAt) }
            memory.resolvedAt = resolvedAt
        } else if memory.phase.name == .resolved {
            memory.phase = .waiting
        }
    }

    // MARK: Whose it is

    /// Where agents take by hand, it is whoever the row says; the assistant may meet what nobody has.
    private mutating func owner(_ rules: RoutingRules, _ lifeRules: LifeRules, at now: Timestamp) -> Owner {
        let conversation = facts.conversation
        var owner = conversation.owner
        guard let waitingSince = conversation.waitingSince else {
            memory.phase = owner == .assistant ? .bot : .waiting
            if owner == .nobody, policy.takesBack || rules.answerTakes, let agent = facts.answeredBy {
                owner = .agent(agent)
            }
            return owner
        }
        owner = lived(owner, rules, lifeRules, since: waitingSince, at: now)
        guard policy.takesBack else {
            return conversation.owner == .nobody && owner == .assistant ? .assistant : conversation.owner
        }
        if let agent = owner.agent, state.agents[agent]?.presence ?? .offline == .offline,
            state.holdings[facts.room]?.customerWaitsSince == nil
        {
            // Nobody waits unseen for somebody who went home.
            return .nobody
        }
        return owner
    }

    /// What `ConversationLife` says of a customer who wrote.
    private mutating func lived(
        _ owner: Owner,
        _ rules: RoutingRules,
        _ lifeRules: LifeRules,
        since moment: Timestamp,
        at now: Timestamp
    ) -> Owner {
        let conversation = facts.conversation
        switch memory.phase {
        case .queued, .open, .bot:
            memory.caseNumber = max(memory.caseNumber, 1)
            memory.phase =
                switch owner {
                case .nobody: .queued
                case .assistant: .bot
                case .agent: .open
                }
            return owner
        case .waiting, .snoozed, .resolved: break
        }
        let holds = state.holdings[facts.room].map { $0.agent == owner.agent } ?? false
        let known = owner.agent ?? conversation.lastAgent
        let takes = holds || known.map { state.hasRoom($0, for: conversation.channel, rules.weights) } ?? false
        // Whoever took it by hand since then has it, and nobody takes it from them here.
        let isTaken = memory.epoch < conversation.epoch && owner != .nobody
        var life = ConversationLife(
            phase: memory.phase, ownership: Ownership(owner, epoch: conversation.epoch),
            lastAgent: conversation.lastAgent, caseNumber: memory.caseNumber)
        var lifeRules = lifeRules
        if !lifeRules.door.meets(rules.entrances[conversation.channel] ?? conversation.team) {
            lifeRules.beginsWithAssistant = false
        }
        // A customer's message is refused in no phase.
        _ = try? life.handle(.customerMessage(ownerTakes: takes || isTaken), at: moment, lifeRules)
        isNew = life.caseNumber > memory.caseNumber && memory.epoch >= conversation.epoch
        memory.caseNumber = life.caseNumber
        memory.phase = life.phase
        return isTaken ? owner : life.ownership.owner
    }

    private mutating func hand(to owner: Owner) {
        let target: RoutingHandover.Target =
            switch owner {
            case .agent(let agent): .agent(agent)
            case .assistant: .assistant
            case .nobody: team.map { .team($0) } ?? .nobody
            }
        handover = RoutingHandover(facts.room, to: target, expecting: epoch)
        epoch += 1
    }

    // MARK: What routing hears

    private mutating func leaveToAssistant() {
        memory.phase = .bot
        inputs = [.left(facts.room)]
    }

    private mutating func hold(_ agent: UserID, at now: Timestamp) {
        let conversation = facts.conversation
        memory.phase = conversation.waitingSince == nil ? .waiting : .open
        if let known = state.holdings[facts.room], known.agent == agent, known.epoch == epoch {
            if conversation.waitingSince == nil {
                inputs = [.answered(facts.room)]
            } else if known.customerWaitsSince == nil {
                inputs = [.customerWrote(facts.room)]
            }
            return
        }
        inputs = [
            .held(
                Holding(
                    room: facts.room, agent: agent, channel: conversation.channel, team: team,
                    priority: state.entries[facts.room]?.priority ?? 0, epoch: epoch,
                    customerWaitsSince: conversation.waitingSince,
                    agentOwesSince: conversation.waitingSince == nil ? nil : now))
        ]
    }

    private mutating func queue(at now: Timestamp) {
        let conversation = facts.conversation
        let known = state.entries[facts.room]
        let isHandedToTeam =
            switch conversation.assignee?.reference {
            case .team: conversation.epoch > memory.epoch || (known != nil && facts.answeredBy == nil)
            case .user, .assistant, nil: false
            }
        guard conversation.waitingSince != nil || isHandedToTeam else {
            inputs = [.left(facts.room)]
            return
        }
        memory.phase = .queued
        if let known, known.epoch == epoch { return }
        let entry = QueueEntry(
            room: facts.room, channel: conversation.channel, team: team,
            enteredAt: conversation.waitingSince ?? now, priority: known?.priority ?? 0,
            preferred: conversation.lastAgent, epoch: epoch)
        inputs = [.left(facts.room), .arrived(entry)]
    }
}

extension Conversation {
    /// As the row says; a team is nobody in particular.
    fileprivate var owner: Owner { Ownership(of: self).owner }
}

extension Assignee {
    fileprivate var team: TeamID? {
        switch reference {
        case .team(let team): team
        case .user, .assistant: nil
        }
    }
}
