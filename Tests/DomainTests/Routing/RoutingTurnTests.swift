import HubTestKit
import Testing

@testable import Domain

@Suite struct RoutingTurnTests {
    private typealias Samples = RoutingSamples

    /// Customers who wait, in an order of the seed, and agents who are here.
    private static func found(seed: UInt64) -> RoutingTurn.Found {
        var random = SeededRandom(seed: seed)
        let agents = (1...40).map { number in
            Samples.agent(
                number, [.online, .online, .away].randomElement(using: &random) ?? .online, teams: [],
                capacity: .conversations(.random(in: 1...9, using: &random)))
        }
        let facts = (1...1000).map { number in
            RoutingReview.Facts(
                room: .sample(number),
                conversation: Conversation(
                    side: .sample(10_000 + number), customer: .visitor(.sample(number)),
                    waitingSince: Samples.at(.random(in: -300...0, using: &random))),
                answeredBy: nil)
        }.shuffled(using: &random)
        return RoutingTurn.Found(
            state: RoutingState(), rules: Samples.rules(.leastBusy), agents: agents, facts: facts)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func theSameSeedGivesTheSameAssignment(_ seed: UInt64) {
        let first = RoutingTurn(Self.found(seed: seed), nil, at: Samples.start)
        let second = RoutingTurn(Self.found(seed: seed), nil, at: Samples.start)
        #expect(first.handovers == second.handovers && first.state == second.state)
        #expect(!first.handovers.isEmpty)
        #expect(Set(first.handovers.map(\.room)).count == first.handovers.count, "nobody is given twice")
        #expect(first.state.holdings.count + first.state.entries.count == 1000, "nobody is left out")
        let loads = first.state.loads(ChannelWeights())
        #expect(loads.allSatisfy { load in first.state.agents[load.key].map { load.value <= $0.capacity } ?? false })
    }

    /// The order in which signals were read does not matter: who waits longest is served first.
    @Test func whoWaitsLongestIsServedFirst() throws {
        let turn = RoutingTurn(Self.found(seed: 7), nil, at: Samples.start)
        let served = Self.found(seed: 7).facts.filter { turn.state.holdings[$0.room] != nil }
        let waiting = Self.found(seed: 7).facts.filter { turn.state.entries[$0.room] != nil }
        let last = try #require(served.compactMap(\.conversation.waitingSince).max())
        #expect(waiting.allSatisfy { ($0.conversation.waitingSince ?? last) >= last })
    }

    // MARK: Where new conversations begin

    private static func customer(
        _ who: Conversation.Customer = .visitor(.sample(1)),
        _ change: (inout Conversation) -> Void = { _ in }
    ) -> RoutingReview.Facts {
        var conversation = Conversation(side: .sample(100), customer: who, waitingSince: Samples.start)
        change(&conversation)
        return RoutingReview.Facts(room: .sample(1), conversation: conversation, answeredBy: nil)
    }

    /// What a turn makes of one customer where conversations of the website begin with sales.
    private static func entering(
        _ standard: RoutingPolicy = .byHand,
        memory: RoutingMemory? = nil,
        from who: Conversation.Customer = .visitor(.sample(1)),
        _ change: (inout Conversation) -> Void = { _ in }
    ) -> RoutingTurn {
        var found = RoutingTurn.Found(
            state: RoutingState(), rules: RoutingRules(standard: standard, entrances: [.web: Samples.sales]),
            facts: [customer(who, change)])
        found.memories[.sample(1)] = memory
        return RoutingTurn(found, nil, at: Samples.start)
    }

    /// Who has a new case of the website, whose team is sales.
    private static func owner(_ door: AssistantDoor, memory: RoutingMemory? = nil) -> RoutingHandover.Target? {
        var found = RoutingTurn.Found(
            state: RoutingState(), rules: RoutingRules(standard: .byHand, entrances: [.web: Samples.sales]),
            lifeRules: LifeRules(beginsWithAssistant: true, door: door), facts: [customer()])
        found.memories[.sample(1)] = memory
        return RoutingTurn(found, nil, at: Samples.start).handovers.first?.target
    }

    @Test func theAssistantMeetsNewCasesWhileItsDoorIsOpen() {
        #expect(Self.owner(AssistantDoor()) == .assistant)
        #expect(Self.owner(AssistantDoor(stop: BudgetStop(.dayTokens, until: nil))) == .team(Samples.sales))
        #expect(Self.owner(AssistantDoor(hours: .outside, isShopOpen: true)) == .team(Samples.sales))
        let night = AssistantDoor(hours: .outside, isShopOpen: true, openTeams: [Samples.sales: false])
        #expect(Self.owner(night) == .assistant, "the hours of the team whose case it will be")
    }

    @Test func aNewCaseBeginsInTheQueueOfItsChannelsTeam() {
        for standard in [RoutingPolicy.byHand, RoutingPolicy()] {
            let turn = Self.entering(standard)
            #expect(turn.handovers == [RoutingHandover(.sample(1), to: .team(Samples.sales), expecting: 0)])
            #expect(turn.state.entries[.sample(1)]?.team == Samples.sales)
            #expect(turn.state.entries[.sample(1)]?.epoch == 1 && turn.memories[.sample(1)]?.epoch == 1)
        }
        // It is of the team already, as new rows are; the log says so, too.
        #expect(Self.entering { $0.team = Samples.sales }.handovers.count == 1)
        #expect(Self.entering(from: .whatsapp(.sample(1))).handovers.isEmpty, "a channel of its own")
    }

    @Test func whatSomebodyHasOrWasGivenStaysThere() {
        let omar = Assignee(.user(.sample(1)), name: "عمر")
        #expect(Self.entering { ($0.assignee, $0.epoch) = (omar, 1) }.handovers.isEmpty, "they took it")
        let support = Assignee(.team(Samples.support), name: "الدعم")
        let given = Self.entering { ($0.assignee, $0.team, $0.epoch) = (support, Samples.support, 1) }
        #expect(given.handovers.isEmpty && given.state.entries[.sample(1)]?.team == Samples.support)
        // The same case goes on where it was.
        let memory = RoutingMemory(
            phase: .resolved(at: Samples.at(-60)), caseNumber: 1, epoch: 1, resolvedAt: Samples.at(-60))
        let back = Self.entering(memory: memory) {
            ($0.assignee, $0.team, $0.epoch, $0.resolvedAt) = (support, Samples.support, 1, Samples.at(-60))
        }
        #expect(back.handovers.isEmpty && back.state.entries[.sample(1)]?.team == Samples.support)
        // A new one does not.
        let old = Samples.at(-100 * 86_400)
        let new = Self.entering(
            memory: RoutingMemory(phase: .resolved(at: old), caseNumber: 1, epoch: 1, resolvedAt: old)
        ) {
            ($0.assignee, $0.team, $0.epoch, $0.resolvedAt) = (support, Samples.support, 1, old)
        }
        #expect(new.handovers.map(\.target) == [.team(Samples.sales)])
    }

    @Test func aTeamThatIsNoMoreHasNoQueue() {
        let settings: [String: JSONValue] = [ShopSetting.routingWebTeam.key: .string(Samples.sales.text)]
        let team = Team(id: Samples.sales, at: Samples.start)
        #expect(RoutingRules(settings: settings, teams: [team]).entrances == [.web: Samples.sales])
        #expect(RoutingRules(settings: settings, teams: []).entrances.isEmpty)
    }

    @Test func whoAnswersWhatNobodyHasHasItWhereTheShopSaysSo() {
        let conversation = Conversation(side: .sample(100), customer: .visitor(.sample(1)))
        let facts = RoutingReview.Facts(room: .sample(1), conversation: conversation, answeredBy: .sample(1))
        for takes in [false, true] {
            let rules = RoutingRules(standard: .byHand, answerTakes: takes)
            let found = RoutingTurn.Found(state: RoutingState(), rules: rules, facts: [facts])
            let turn = RoutingTurn(found, nil, at: Samples.start)
            #expect(turn.handovers.map(\.target) == (takes ? [.agent(.sample(1))] : []))
            #expect(turn.state.holdings[.sample(1)]?.agent == (takes ? .sample(1) : nil))
        }
        let key = ShopSetting.routingAnswerTakes.key
        #expect(RoutingRules(settings: [key: true], teams: []).answerTakes)
    }

    // MARK: The assistant

    private static let byAssistant = customer { ($0.assignee, $0.epoch) = (.assistant, 3) }

    private static func handover(epoch: Int64 = 3, team: TeamID? = nil) -> RoutingWish {
        .handover(
            AssistantHandover(
                room: .sample(1), epoch: epoch, team: team, note: "تريد الاستبدال", notice: "", reason: .asked))
    }

    private static func shop(
        of facts: RoutingReview.Facts,
        _ standard: RoutingPolicy = RoutingPolicy()
    ) -> RoutingTurn.Found {
        RoutingTurn.Found(
            state: RoutingState(), rules: RoutingRules(standard: standard),
            agents: [Samples.agent(1, teams: [], capacity: .conversations(2))], facts: [facts],
            memories: [.sample(1): RoutingMemory(phase: .bot, caseNumber: 1, epoch: 3)], teams: [Samples.sales])
    }

    @Test func whomTheAssistantAnswersWaitsInNoQueue() {
        for standard in [RoutingPolicy.byHand, RoutingPolicy()] {
            let turn = RoutingTurn(Self.shop(of: Self.byAssistant, standard), nil, at: Samples.start)
            #expect(turn.handovers.isEmpty && turn.state.entries.isEmpty && turn.state.holdings.isEmpty)
            #expect(turn.memories[.sample(1)]?.phase == .bot)
        }
    }

    @Test func theAssistantMeetsANewCaseWhereTheShopSaysSo() {
        for standard in [RoutingPolicy.byHand, RoutingPolicy()] {
            var found = Self.shop(of: Self.customer(), standard)
            found.memories = [:]
            found.lifeRules.beginsWithAssistant = true
            let turn = RoutingTurn(found, nil, at: Samples.start)
            #expect(turn.handovers == [RoutingHandover(.sample(1), to: .assistant, expecting: 0)])
            #expect(turn.state.entries.isEmpty && turn.memories[.sample(1)]?.phase == .bot)
        }
    }

    @Test func aHandoverIsATurn() {
        let turn = RoutingTurn(Self.shop(of: Self.byAssistant), Self.handover(), at: Samples.at(10))
        #expect(turn.refusal == nil)
        #expect(
            turn.handovers == [
                RoutingHandover(.sample(1), to: .nobody, expecting: 3),
                RoutingHandover(.sample(1), to: .agent(.sample(1)), expecting: 4),
            ])
        #expect(turn.state.holdings[.sample(1)]?.customerWaitsSince == Samples.start, "since they wrote")
        let byHand = RoutingTurn(
            Self.shop(of: Self.byAssistant, .byHand), Self.handover(team: Samples.sales), at: Samples.at(10))
        #expect(byHand.handovers == [RoutingHandover(.sample(1), to: .team(Samples.sales), expecting: 3)])
        #expect(byHand.state.entries[.sample(1)]?.team == Samples.sales)
        #expect(byHand.memories[.sample(1)] == RoutingMemory(phase: .queued, caseNumber: 1, epoch: 4))
    }

    @Test func nothingKeepsACustomerFromAPerson() {
        let gone = RoutingTurn(
            Self.shop(of: Self.byAssistant), Self.handover(team: Samples.support), at: Samples.start)
        #expect(gone.refusal == nil && gone.handovers.first?.target == .nobody, "that team is no more")
        let long = AssistantHandover(
            room: .sample(1), epoch: 3, team: nil, note: String(repeating: "ن", count: 9000), notice: "",
            reason: .failed)
        #expect(long.note.unicodeScalars.count == AssistantHandover.maxNoteLength)
    }

    @Test func whatThePersonHasTheAssistantDoesNotGiveAway() {
        let omar = Self.customer { ($0.assignee, $0.epoch) = (Assignee(.user(.sample(1)), name: "عمر"), 3) }
        let away = Self.customer { ($0.assignee, $0.epoch, $0.state) = (.assistant, 3, .resolved) }
        for (facts, epoch) in [(Self.byAssistant, 2), (omar, 3), (away, 3)] as [(RoutingReview.Facts, Int64)] {
            let turn = RoutingTurn(Self.shop(of: facts), Self.handover(epoch: epoch), at: Samples.start)
            #expect(turn.refusal?.code == .conflict && turn.handovers.isEmpty)
        }
    }

    @Test func thoseWhoComeBackAtOnceDoNotAllFindTheSameRoom() {
        var found = RoutingTurn.Found(state: RoutingState(), rules: Samples.rules(.leastBusy))
        found.agents = [Samples.agent(1, teams: [], capacity: .conversations(2))]
        for number in 1...5 {
            found.facts.append(
                RoutingReview.Facts(
                    room: .sample(number),
                    conversation: Conversation(
                        side: .sample(100 + number), customer: .visitor(.sample(number)),
                        assignee: Assignee(.user(.sample(1)), name: "سارة"), epoch: 1,
                        waitingSince: Samples.start, lastAgent: .sample(1), resolvedAt: Samples.at(-60)),
                    answeredBy: nil))
            found.memories[.sample(number)] = RoutingMemory(
                phase: .resolved(at: Samples.at(-60)), caseNumber: 1, epoch: 1, resolvedAt: Samples.at(-60))
        }
        let turn = RoutingTurn(found, nil, at: Samples.start)
        #expect(turn.state.holdings.count == 2 && turn.state.entries.count == 3)
        #expect(turn.handovers.map(\.target) == [.nobody, .nobody, .nobody])
        #expect(turn.memories.values.allSatisfy { $0.caseNumber == 1 })
    }
}
