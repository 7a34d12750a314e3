import Domain
import HubTestKit
import Testing

@Suite struct RoutingWorldTests {
    private static func rules(_ seed: UInt64, asksFirst: Bool) -> RoutingRules {
        let choices = RoutingPolicy.Choice.allCases.filter { $0 != .manual }
        func policy(_ place: UInt64) -> RoutingPolicy {
            RoutingPolicy(
                choice: choices[Int((seed + place) % 2)], lastAgentFirst: (seed / 2 + place) % 2 == 0,
                asksFirst: asksFirst)
        }
        return RoutingRules(
            weights: ChannelWeights(web: .conversations(1), whatsapp: Load(hundredths: 50)),
            standard: policy(0), teams: [RoutingSamples.sales: policy(1), RoutingSamples.support: policy(2)])
    }

    /// Whatever happens: nobody above capacity, nobody assigned twice, nobody lost, nobody left out.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func anythingMayHappen(seed: UInt64) {
        var world = RoutingWorld(seed: seed, agents: 6, rules: Self.rules(seed, asksFirst: seed % 3 != 0))
        for _ in 0..<400 {
            world.step()
            #expect(world.accountedFor == world.customers)
        }
        world.calmDown()
        #expect(world.machine.state.entries.isEmpty, "everybody who waited was served in the end")
        #expect(world.accountedFor == world.customers)
    }

    /// A thousand customers at once, whom two hubs take in turns from one state.
    @Test(arguments: [(1 as UInt64, false), (2, true)])
    func aThousandAtOnce(_ seed: UInt64, _ asksFirst: Bool) {
        func run() -> RoutingWorld {
            var world = RoutingWorld(seed: seed, agents: 30, rules: Self.rules(seed, asksFirst: asksFirst))
            for _ in 0..<1000 { world.customerArrives() }
            return world
        }
        var world = run()
        let again = run()
        #expect(world.told == again.told, "the same seed gives the same assignment")
        #expect(world.machine.state == again.machine.state)
        #expect(world.accountedFor == 1000)
        world.calmDown()
        #expect(world.machine.state.entries.isEmpty)
    }

    /// The order in which rows are read from a store does not matter.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theSameStateGivesTheSameChoices(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let agents = (1...20).map { number in
            RoutingSamples.agent(number, random.pick(PresenceState.allCases), lastAssigned: -random.pick([10, 20, 30]))
        }
        let entries = (1...60).map { number in
            RoutingSamples.entry(number, entered: -random.pick([10, 20, 30]), preferred: number % 25)
        }
        let rules = Self.rules(seed, asksFirst: false)
        func choices(_ agents: [RoutingAgent], _ entries: [QueueEntry]) -> [RoutingPass.Choice] {
            RoutingPass(RoutingState(agents: agents, entries: entries), rules, at: RoutingSamples.start).choices
        }
        let first = choices(agents, entries)
        for _ in 0..<5 {
            #expect(choices(agents.shuffled(using: &random), entries.shuffled(using: &random)) == first)
        }
    }

    /// With room for all, a round gives everybody the same, give or take one, however the customers come.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func roundRobinIsFair(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let agents = (1...7).map { RoutingSamples.agent($0, capacity: .conversations(1000)) }
        var rules = RoutingSamples.rules(.roundRobin)
        rules.answerTime = nil
        var machine = RoutingMachine(RoutingState(agents: agents), rules)
        for number in 1...500 {
            _ = machine.handle(.arrived(RoutingSamples.entry(number)), at: RoutingSamples.at(number))
            // Who is done does not change whose turn it is.
            if random.chance(in: 2) { _ = machine.handle(.left(.sample(number)), at: RoutingSamples.at(number)) }
            // Nor does a hub that starts anew.
            if random.chance(in: 10) { machine = RoutingMachine(machine.state, machine.rules) }
        }
        var counts: [UserID: Int] = [:]
        var fresh = RoutingMachine(RoutingState(agents: agents), rules)
        for number in 1...500 {
            for case .assigned(_, let agent, _, _, _) in fresh.handle(
                .arrived(RoutingSamples.entry(number)), at: RoutingSamples.at(number)
            ).effects { counts[agent, default: 0] += 1 }
        }
        #expect(counts.count == 7 && counts.values.allSatisfy { $0 == 71 || $0 == 72 })
        #expect(machine.state.pointers == fresh.state.pointers)
    }

    /// Least busy keeps open conversations level among agents with the same room.
    @Test func leastBusyIsLevel() {
        let agents = (1...8).map { RoutingSamples.agent($0, capacity: .conversations(100)) }
        var machine = RoutingMachine(RoutingState(agents: agents), RoutingSamples.rules(.leastBusy))
        for number in 1...700 {
            _ = machine.handle(.arrived(RoutingSamples.entry(number)), at: RoutingSamples.start)
            let loads = agents.map { machine.state.loads(machine.rules.weights)[$0.id] ?? .none }
            let spread = (loads.max() ?? .none).hundredths - (loads.min() ?? .none).hundredths
            #expect(spread <= 100)
        }
    }
}
