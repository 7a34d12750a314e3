import Domain
import HubTestKit
import Testing

@Suite struct ConversationLifeTests {
    private static let now = Samples.start
    private static let later = now + .seconds(3600)
    private static let omar = UserID.sample(1)
    private static let hind = UserID.sample(2)
    private static let rules = LifeRules()

    private static func life(
        _ phase: LifePhase,
        _ owner: Owner,
        last: UserID? = nil,
        caseNumber: Int64 = 1
    ) -> ConversationLife {
        ConversationLife(
            phase: phase, ownership: Ownership(owner, epoch: 7), lastAgent: last ?? owner.agent, caseNumber: caseNumber)
    }

    /// One conversation in every phase.
    private static let samples = [
        life(.queued, .nobody), life(.bot, .assistant), life(.open, .agent(omar)), life(.waiting, .agent(omar)),
        life(.snoozed(until: later), .agent(omar)), life(.resolved(at: now), .agent(omar)),
    ]

    private static let inputs: [LifeInput] = [
        .customerMessage(ownerTakes: true), .customerMessage(ownerTakes: false), .agentMessage(by: omar),
        .agentMessage(by: hind), .assistantMessage, .assigned(.agent(hind)), .assigned(.assistant), .assigned(.nobody),
        .queue, .snooze(until: later), .wake(ownerTakes: true), .wake(ownerTakes: false), .resolve, .reopen(by: hind),
        .satisfaction(score: 5),
    ]

    /// What becomes of the samples, in their order: phase and owner, `=` for no change, `!` for a refusal.
    private static let table: [(LifeInput, [String])] = [
        (.customerMessage(ownerTakes: true), ["=", "=", "=", "open 1", "open 1", "open 1"]),
        (.customerMessage(ownerTakes: false), ["=", "=", "=", "queued -", "queued -", "queued -"]),
        (.agentMessage(by: omar), ["waiting 1", "waiting 1", "waiting 1", "=", "=", "="]),
        (.agentMessage(by: hind), ["waiting 2", "waiting 2", "waiting 1", "=", "=", "="]),
        (.assistantMessage, ["!", "=", "!", "!", "!", "!"]),
        (.assigned(.agent(hind)), ["open 2", "open 2", "open 2", "waiting 2", "snoozed 2", "resolved 2"]),
        (.assigned(.assistant), ["bot a", "=", "bot a", "bot a", "bot a", "!"]),
        (.assigned(.nobody), ["=", "queued -", "queued -", "waiting -", "snoozed -", "resolved -"]),
        (.queue, ["=", "queued -", "queued -", "queued -", "queued -", "!"]),
        (.snooze(until: later), ["snoozed -", "snoozed -", "snoozed 1", "snoozed 1", "=", "!"]),
        (.wake(ownerTakes: true), ["=", "=", "=", "=", "open 1", "="]),
        (.wake(ownerTakes: false), ["=", "=", "=", "=", "queued -", "="]),
        (.resolve, ["resolved -", "resolved a", "resolved 1", "resolved 1", "resolved 1", "="]),
        (.reopen(by: hind), ["=", "=", "=", "=", "open 2", "open 2"]),
        (.satisfaction(score: 5), ["=", "=", "=", "=", "=", "="]),
    ]

    private static func text(_ life: ConversationLife) -> String {
        switch life.ownership.owner {
        case .nobody: "\(life.phase.name) -"
        case .assistant: "\(life.phase.name) a"
        case .agent(let id): "\(life.phase.name) \(id == omar ? 1 : 2)"
        }
    }

    @Test func everyPhaseAndInput() {
        #expect(Set(Self.table.map(\.0.name)) == Set(LifeInput.Name.allCases))
        #expect(Set(Self.samples.map(\.phase.name)) == Set(LifePhase.Name.allCases))
        for (input, row) in Self.table {
            for (before, expected) in zip(Self.samples, row) {
                var life = before
                // At the moment of the snooze, and within the time for reopening.
                let now = input.name == .wake ? Self.later : Self.now
                let isRefused = (try? life.handle(input, at: now, Self.rules)) == nil
                let became = isRefused ? "!" : life == before ? "=" : Self.text(life)
                #expect(became == expected, "\(before.phase.name) after \(input)")
                #expect(!isRefused || life == before)
            }
        }
    }

    @Test func theFirstMessageBeginsACase() throws {
        var life = ConversationLife()
        #expect(life.phase == .waiting && life.caseNumber == 0)
        let effects = try life.handle(.customerMessage(ownerTakes: false), at: Self.now, Self.rules)
        #expect(effects == [.beganCase(1), .enteredQueue(preferred: nil)])
        #expect(life.phase == .queued)

        var greeted = ConversationLife()
        let rules = LifeRules(beginsWithAssistant: true)
        #expect(
            try greeted.handle(.customerMessage(ownerTakes: false), at: Self.now, rules)
                == [.beganCase(1), .ownerChanged(Ownership(.assistant, epoch: 1))])
        #expect(greeted.phase == .bot)
    }

    @Test func whomAnAgentWroteToFirstComesBackToThem() throws {
        var life = ConversationLife()
        #expect(
            try life.handle(.agentMessage(by: Self.omar), at: Self.now, Self.rules)
                == [.beganCase(1), .ownerChanged(Ownership(.agent(Self.omar), epoch: 1))])
        #expect(try life.handle(.customerMessage(ownerTakes: true), at: Self.now, Self.rules) == [])
        #expect(life.phase == .open && life.caseNumber == 1)
    }

    @Test func anAgentWhoAnswersSilencesTheAssistant() throws {
        var life = Self.life(.bot, .assistant)
        #expect(
            try life.handle(.agentMessage(by: Self.omar), at: Self.now, Self.rules)
                == [.ownerChanged(Ownership(.agent(Self.omar), epoch: 8))])
        #expect(throws: HubError.self) { try life.handle(.assistantMessage, at: Self.now, Self.rules) }
    }

    @Test(arguments: [
        (0, true, "open 1", 1), (3 * 86_400, true, "open 1", 1), (3 * 86_400, false, "queued -", 1),
        (3 * 86_400 + 1, true, "queued -", 2), (3 * 86_400 + 1, false, "queued -", 2),
    ])
    func reopening(_ seconds: Int, _ ownerTakes: Bool, _ expected: String, _ caseNumber: Int64) throws {
        var life = Self.life(.resolved(at: Self.now), .agent(Self.omar))
        let effects = try life.handle(
            .customerMessage(ownerTakes: ownerTakes), at: Self.now + .seconds(seconds), Self.rules)
        #expect(Self.text(life) == expected && life.caseNumber == caseNumber)
        #expect(effects.contains(.beganCase(2)) == (caseNumber == 2))
        #expect(effects.contains(.enteredQueue(preferred: Self.omar)) == (life.phase == .queued))
    }

    @Test func whatTheAssistantResolvedComesBackToIt() throws {
        var life = Self.life(.resolved(at: Self.now), .assistant)
        #expect(try life.handle(.customerMessage(ownerTakes: false), at: Self.later, Self.rules) == [])
        #expect(life.phase == .bot)
    }

    @Test func snoozing() throws {
        var life = Self.life(.open, .agent(Self.omar))
        #expect(throws: HubError.self) { try life.handle(.snooze(until: Self.now), at: Self.now, Self.rules) }
        let tooFar = Self.now + .seconds(367 * 86_400)
        #expect(throws: HubError.self) { try life.handle(.snooze(until: tooFar), at: Self.now, Self.rules) }
        #expect(try life.handle(.snooze(until: Self.later), at: Self.now, Self.rules) == [.wakeAt(Self.later)])
        let early = Self.later - .milliseconds(1)
        #expect(try life.handle(.wake(ownerTakes: true), at: early, Self.rules) == [])
        #expect(life.phase == .snoozed(until: Self.later))
        #expect(try life.handle(.wake(ownerTakes: true), at: Self.later, Self.rules) == [.forgetWaking])
        #expect(try life.handle(.wake(ownerTakes: true), at: Self.later, Self.rules) == [])
        #expect(life.phase == .open)
    }

    @Test func customersAreAskedOncePerResolving() throws {
        var life = Self.life(.open, .agent(Self.omar), caseNumber: 4)
        #expect(try life.handle(.resolve, at: Self.now, Self.rules) == [.askSatisfaction(of: 4)])
        #expect(try life.handle(.resolve, at: Self.now, Self.rules) == [])
        let effects = try life.handle(.satisfaction(score: 2), at: Self.now, Self.rules)
        #expect(effects == [.recordSatisfaction(score: 2, of: 4)])
        #expect(life.phase == .resolved(at: Self.now))
        var quiet = Self.life(.open, .agent(Self.omar))
        #expect(try quiet.handle(.resolve, at: Self.now, LifeRules(asksSatisfaction: false)) == [])
    }

    /// Whatever happens in whatever order, owner and phase agree, and effects add up to the state.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func anyOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rules = LifeRules(
            reopening: ReopeningRule(within: .seconds(50)), beginsWithAssistant: random.chance(in: 2))
        var life = ConversationLife()
        var now = Self.now
        var (isQueued, wakesAt) = (false, nil as Timestamp?)
        var told = Ownership()
        for _ in 0..<400 {
            now = now + .seconds(Int.random(in: 0...40, using: &random))
            var input = random.pick(Self.inputs)
            if case .snooze = input { input = .snooze(until: now + .seconds(Int.random(in: 0...60, using: &random))) }
            let before = life
            guard let effects = try? life.handle(input, at: now, rules) else {
                #expect(life == before)
                continue
            }
            for effect in effects {
                switch effect {
                case .beganCase(let number): #expect(number == before.caseNumber + 1)
                case .enteredQueue:
                    #expect(!isQueued)
                    isQueued = true
                case .leftQueue:
                    #expect(isQueued)
                    isQueued = false
                case .ownerChanged(let ownership):
                    #expect(ownership.epoch > told.epoch && ownership.owner != told.owner)
                    told = ownership
                case .wakeAt(let moment): wakesAt = moment
                case .forgetWaking: wakesAt = nil
                case .askSatisfaction, .recordSatisfaction: break
                }
            }
            #expect(told == life.ownership)
            #expect(isQueued == (life.phase == .queued))
            switch life.phase {
            case .queued: #expect(life.ownership.owner == .nobody)
            case .bot: #expect(life.ownership.owner == .assistant)
            case .open: #expect(life.ownership.owner.agent != nil)
            case .waiting: #expect(life.ownership.owner != .assistant)
            case .snoozed(let until): #expect(life.ownership.owner != .assistant && wakesAt == until)
            case .resolved: break
            }
            if case .customerMessage = input { #expect(life.caseNumber > 0) }
            if life.phase.name != .snoozed { #expect(wakesAt == nil) }
            if let agent = life.ownership.owner.agent { #expect(life.lastAgent == agent) }
        }
    }
}
