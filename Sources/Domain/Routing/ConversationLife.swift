/// Decides how the life of a conversation goes on: one table of phases and inputs.
///
///                  customer writes   agent writes   assigned to an agent   resolve
///     queued       queued            waiting        open                   resolved
///     bot          bot               waiting        open                   resolved
///     open         open              waiting        open                   resolved
///     waiting      open or queued    waiting        waiting                resolved
///     snoozed      open or queued    snoozed        snoozed                resolved
///     resolved     see below         resolved       resolved               resolved
///
/// "open or queued": with its owner if they can take it, else in the queue, so that nobody waits unseen. A resolved
/// conversation does the same with its last agent for a while (`ReopeningRule`); later it begins a new case,
/// in the queue or with the assistant.
package struct ConversationLife: Sendable, Equatable {
    package private(set) var phase: LifePhase
    package private(set) var ownership: Ownership
    /// The agent who owned it last, also while nobody does.
    package private(set) var lastAgent: UserID?
    /// 1, 2, 3, …: what a customer wanted, from the first message until it stays resolved; 0 before the first.
    package private(set) var caseNumber: Int64

    /// A conversation in which nobody has written yet: it is the customer's turn, and nobody is asked to take it.
    package init() {
        phase = .waiting
        ownership = Ownership()
        caseNumber = 0
    }

    /// As it was stored.
    package init(phase: LifePhase, ownership: Ownership, lastAgent: UserID?, caseNumber: Int64) {
        self.phase = phase
        self.ownership = ownership
        self.lastAgent = lastAgent
        self.caseNumber = caseNumber
    }

    /// Changes what the input changes and says what to do. Throws `conflict` or `badRequest` for what may not be, and
    /// has changed nothing then.
    package mutating func handle(
        _ input: LifeInput,
        at now: Timestamp,
        _ rules: LifeRules
    ) throws(HubError) -> [LifeEffect] {
        var next = self
        switch input {
        case .customerMessage(let ownerTakes): next.customerWrote(ownerTakes: ownerTakes, at: now, rules)
        case .agentMessage(let agent): next.agentWrote(agent)
        case .assistantMessage: try checkAssistant()
        case .assigned(let owner): try next.assign(owner)
        case .queue: try next.queue()
        case .snooze(let until): try next.snooze(until: until, at: now, rules)
        case .wake(let ownerTakes): next.wake(ownerTakes: ownerTakes, at: now)
        case .resolve: next.resolve(at: now)
        case .reopen(let agent): next.reopen(by: agent)
        case .satisfaction(let score): return [.recordSatisfaction(score: score, of: caseNumber)]
        }
        let effects = effects(of: next, rules)
        self = next
        return effects
    }

    // MARK: The table

    private mutating func customerWrote(ownerTakes: Bool, at now: Timestamp, _ rules: LifeRules) {
        if caseNumber == 0, phase == .waiting, ownership.owner == .nobody { return begin(rules) }
        switch phase {
        case .queued, .bot, .open: break
        case .waiting, .snoozed: takeUp(ownerTakes: ownerTakes)
        case .resolved(let moment):
            guard caseNumber > 0, rules.reopening.goesOn(resolvedAt: moment, writtenAt: now) else {
                return begin(rules)
            }
            comeBack(ownerTakes: ownerTakes)
        }
        caseNumber = max(caseNumber, 1)
    }

    private mutating func agentWrote(_ agent: UserID) {
        caseNumber = max(caseNumber, 1)
        switch phase {
        case .queued, .bot:
            // Whoever answers what nobody has, has it; the assistant falls silent.
            own(.agent(agent))
            phase = .waiting
        case .open, .waiting:
            if ownership.owner == .nobody { own(.agent(agent)) }
            phase = .waiting
        case .snoozed, .resolved:
            break
        }
    }

    private func checkAssistant() throws(HubError) {
        switch phase {
        case .bot: return
        case .queued, .open, .waiting, .snoozed, .resolved:
            throw .conflict("the assistant does not own this conversation, and may not write in it")
        }
    }

    private mutating func assign(_ owner: Owner) throws(HubError) {
        switch (owner, phase) {
        case (.agent, .queued), (.agent, .bot): phase = .open
        case (.agent, .open), (.agent, .waiting), (.agent, .snoozed), (.agent, .resolved): break
        case (.assistant, .queued), (.assistant, .bot), (.assistant, .open), (.assistant, .waiting),
            (.assistant, .snoozed):
            phase = .bot
        case (.assistant, .resolved): throw .conflict("the conversation is resolved: reopen it first")
        case (.nobody, .bot), (.nobody, .open): phase = .queued
        // Nobody has to act before the customer does.
        case (.nobody, .queued), (.nobody, .waiting), (.nobody, .snoozed), (.nobody, .resolved): break
        }
        own(owner)
    }

    private mutating func queue() throws(HubError) {
        switch phase {
        case .queued, .bot, .open, .waiting, .snoozed: break
        case .resolved: throw .conflict("the conversation is resolved: reopen it first")
        }
        own(.nobody)
        phase = .queued
    }

    private mutating func snooze(until: Timestamp, at now: Timestamp, _ rules: LifeRules) throws(HubError) {
        guard until > now else { throw .badRequest("until must be a moment to come") }
        guard until - now <= rules.maxSnooze else { throw .badRequest("until is too far ahead") }
        switch phase {
        case .queued, .open, .waiting, .snoozed: break
        case .bot: own(.nobody)
        case .resolved: throw .conflict("the conversation is resolved: reopen it first")
        }
        phase = .snoozed(until: until)
    }

    private mutating func wake(ownerTakes: Bool, at now: Timestamp) {
        switch phase {
        case .snoozed(let until) where until <= now: takeUp(ownerTakes: ownerTakes)
        case .queued, .bot, .open, .waiting, .snoozed, .resolved: break
        }
    }

    private mutating func resolve(at now: Timestamp) {
        switch phase {
        case .queued, .bot, .open, .waiting, .snoozed: phase = .resolved(at: now)
        case .resolved: break
        }
    }

    private mutating func reopen(by agent: UserID) {
        switch phase {
        case .snoozed, .resolved:
            own(.agent(agent))
            phase = .open
        case .queued, .bot, .open, .waiting: break
        }
    }

    // MARK: Parts of it

    private mutating func takeUp(ownerTakes: Bool) {
        if ownership.owner.agent != nil, ownerTakes {
            phase = .open
        } else {
            own(.nobody)
            phase = .queued
        }
    }

    /// Long after resolving, or at the very first message: a new case.
    private mutating func begin(_ rules: LifeRules) {
        caseNumber += 1
        own(rules.beginsWithAssistant ? .assistant : .nobody)
        phase = rules.beginsWithAssistant ? .bot : .queued
    }

    /// Soon after resolving: the same case, and whoever had it last goes on if they can.
    private mutating func comeBack(ownerTakes: Bool) {
        if ownership.owner == .assistant {
            phase = .bot
        } else if let lastAgent, ownerTakes {
            own(.agent(lastAgent))
            phase = .open
        } else {
            own(.nobody)
            phase = .queued
        }
    }

    private mutating func own(_ owner: Owner) {
        ownership = ownership.handed(to: owner)
        lastAgent = owner.agent ?? lastAgent
    }

    private func effects(of next: ConversationLife, _ rules: LifeRules) -> [LifeEffect] {
        var effects: [LifeEffect] = []
        if next.caseNumber != caseNumber { effects.append(.beganCase(next.caseNumber)) }
        if next.ownership != ownership { effects.append(.ownerChanged(next.ownership)) }
        let (wasQueued, isQueued) = (phase == .queued, next.phase == .queued)
        if isQueued, !wasQueued { effects.append(.enteredQueue(preferred: next.lastAgent)) }
        if wasQueued, !isQueued { effects.append(.leftQueue) }
        if phase != next.phase {
            if case .snoozed(let until) = next.phase {
                effects.append(.wakeAt(until))
            } else if phase.name == .snoozed {
                effects.append(.forgetWaking)
            }
            if next.phase.name == .resolved, rules.asksSatisfaction { effects.append(.askSatisfaction(of: caseNumber)) }
        }
        return effects
    }
}
