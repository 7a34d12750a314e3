/// What the hub keeps of a conversation's present case: its clocks, and what was told.
///
/// It is made from the log alone, event by event, so whoever reads the same events comes to the same file. Its row
/// says up to which event it was read: nothing is forgotten when a hub dies, and two hubs that read at once differ in
/// nothing but in who is first.
package struct CaseFile: Sendable, Equatable {
    package let room: RoomID
    /// Rises with every write; 0 for one that was never stored.
    package var version: Int64
    /// The last event that was read.
    package var through: SequenceNumber
    package var clocks: ConversationClocks
    /// The first message of the case; nil before the customer writes.
    package var began: SequenceNumber?
    package var resolvedAt: Timestamp?
    /// The first message of the customer that nobody has answered.
    package var unanswered: SequenceNumber?
    /// Whether a person answered in this case.
    package var isAnswered: Bool
    package var isAwayTold: Bool
    /// Until when it is awaited that the assistant meets a customer who wrote while it was closed.
    package var awayHeldUntil: Timestamp?
    package var isSurveyed: Bool
    /// Whether the assistant owns the conversation.
    package var isAssistants: Bool
    /// Whether the assistant answered what the customer wrote last.
    package var isAssistantsTurnOver: Bool

    /// A conversation in which nothing happened.
    package init(room: RoomID, level: ServiceLevel) {
        self.room = room
        version = 0
        through = .zero
        clocks = ConversationClocks(level)
        isAnswered = false
        isAwayTold = false
        isSurveyed = false
        isAssistants = false
        isAssistantsTurnOver = false
    }

    // MARK: Inputs

    /// Takes the next event of the conversation's own room; what the hub owes because of it.
    ///
    /// - Parameter now: By the clock of whoever reads, which may be long after the event.
    package mutating func read(_ event: RoomEvent, _ rules: CaseRules, now: Timestamp) -> [CaseDuty] {
        guard event.seq > through else { return [] }
        through = event.seq
        switch event.content {
        case .message: return message(event, rules, now)
        case .state(let state, _): return moved(to: state, event, rules)
        case .assignment(let assignee, _): return handed(to: assignee, event, rules, now)
        case .edit, .deletion, .reaction, .status, .membership, .labels, .clock, .survey, .rating, .run:
            return []
        }
    }

    /// Nothing was written up to `now`; what became due.
    package mutating func settle(at now: Timestamp, _ rules: CaseRules) -> [CaseDuty] {
        var duties = tell(.timePassed, at: now, rules)
        if let awayHeldUntil, awayHeldUntil <= now {
            self.awayHeldUntil = nil
            if unanswered != nil { duties += sayAway() }
        }
        return duties
    }

    /// When it wants a look though nobody writes.
    package func nextDeadline(_ hours: BusinessHours) -> Timestamp? {
        [clocks.nextDeadline(hours), awayHeldUntil].compactMap { $0 }.min()
    }

    // MARK: Events

    private mutating func message(_ event: RoomEvent, _ rules: CaseRules, _ now: Timestamp) -> [CaseDuty] {
        switch event.author.kind {
        case .visitor, .contact:
            return customerWrote(event, rules, now)
        case .staff:
            var duties = tell(.agentAnswered, at: event.at, rules)
            if clocks.phase != .resolved { duties += tell(.moved(to: .waiting), at: event.at, rules) }
            unanswered = nil
            isAnswered = true
            awayHeldUntil = nil
            return duties
        case .assistant:
            isAssistantsTurnOver = isAssistants
            awayHeldUntil = nil
            return []
        case .system:
            return []
        }
    }

    private mutating func customerWrote(_ event: RoomEvent, _ rules: CaseRules, _ now: Timestamp) -> [CaseDuty] {
        var duties = beginCase(with: event, rules)
        isAssistantsTurnOver = false
        duties += tell(.moved(to: isAssistants ? .bot : .open), at: event.at, rules)
        duties += tell(.customerWrote, at: event.at, rules)
        unanswered = unanswered ?? event.seq
        resolvedAt = nil
        guard !isAssistants, isClosed(at: event, rules, now) else { return duties }
        if rules.assistantMeets {
            awayHeldUntil = awayHeldUntil ?? event.at + rules.assistantGrace
        } else {
            duties += sayAway()
        }
        return duties
    }

    /// Whether the customer should hear that the shop is closed.
    private func isClosed(at event: RoomEvent, _ rules: CaseRules, _ now: Timestamp) -> Bool {
        rules.tellsAway && !isAwayTold && !rules.hours.isOpen(at: event.at) && now - event.at <= rules.maxAwayDelay
    }

    private mutating func sayAway() -> [CaseDuty] {
        guard let began, !isAwayTold else { return [] }
        isAwayTold = true
        awayHeldUntil = nil
        return [.away(began: began)]
    }

    /// A message after a while is a new case, from zero; one soon after it was resolved goes on with the old one.
    private mutating func beginCase(with event: RoomEvent, _ rules: CaseRules) -> [CaseDuty] {
        let isOver = resolvedAt.map { !rules.reopening.goesOn(resolvedAt: $0, writtenAt: event.at) } ?? false
        guard began == nil || isOver else { return [] }
        let duties = tell(.timePassed, at: event.at, rules)
        clocks = ConversationClocks(rules.level)
        _ = clocks.handle(.beganCase, at: event.at, rules.hours)
        began = event.seq
        unanswered = nil
        isAnswered = false
        isAwayTold = false
        awayHeldUntil = nil
        isSurveyed = false
        return duties
    }

    private mutating func moved(
        to state: ConversationState,
        _ event: RoomEvent,
        _ rules: CaseRules
    ) -> [CaseDuty] {
        switch state {
        case .resolved:
            var duties = tell(.moved(to: .resolved), at: event.at, rules)
            resolvedAt = event.at
            unanswered = nil
            if let began, isAnswered, !isSurveyed, rules.asksSatisfaction {
                isSurveyed = true
                duties.append(.survey(began: began))
            }
            return duties
        case .snoozed, .pending:
            resolvedAt = nil
            return tell(.moved(to: .snoozed), at: event.at, rules)
        case .open:
            resolvedAt = nil
            return tell(.moved(to: phaseOfOpen), at: event.at, rules)
        }
    }

    /// The clocks of answers stand still while the assistant has it, and run again when it gives it to a queue.
    private mutating func handed(
        to assignee: Assignee?,
        _ event: RoomEvent,
        _ rules: CaseRules,
        _ now: Timestamp
    ) -> [CaseDuty] {
        let wasAssistants = isAssistants
        isAssistants = assignee?.reference == .assistant
        if isAssistants { awayHeldUntil = nil }
        switch clocks.phase {
        case .snoozed, .resolved: return []
        case .queued, .bot, .open, .waiting: break
        }
        guard wasAssistants != isAssistants else { return [] }
        let isQueued =
            switch assignee?.reference {
            case .team, nil: true
            case .user, .assistant: false
            }
        let duties = tell(.moved(to: isQueued ? .queued : phaseOfOpen), at: event.at, rules)
        // Whom the assistant gives to people waits for them now.
        guard wasAssistants, isQueued, isClosed(at: event, rules, now) else { return duties }
        return duties + sayAway()
    }

    private var phaseOfOpen: LifePhase.Name {
        if isAssistants { return .bot }
        return unanswered == nil || isAssistantsTurnOver ? .waiting : .open
    }

    private mutating func tell(_ input: ClockInput, at moment: Timestamp, _ rules: CaseRules) -> [CaseDuty] {
        let runs = (began: began, unanswered: unanswered)
        return clocks.handle(input, at: moment, rules.hours).compactMap { effect in
            switch effect {
            case .warned(let kind, let due): Self.duty(kind, .warned, due, runs)
            case .breached(let kind, let due): Self.duty(kind, .breached, due, runs)
            }
        }
    }

    private static func duty(
        _ kind: ServiceClock.Kind,
        _ stage: ClockStage,
        _ due: Timestamp,
        _ runs: (began: SequenceNumber?, unanswered: SequenceNumber?)
    ) -> CaseDuty? {
        let run =
            switch kind {
            case .firstResponse, .resolution: runs.began
            case .nextResponse: runs.unanswered
            }
        return run.map { .clock(kind, stage, due: due, run: $0) }
    }
}
