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
