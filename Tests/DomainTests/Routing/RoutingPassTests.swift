import Domain
import HubTestKit
import Testing

@Suite struct RoutingPassTests {
    private typealias Make = RoutingSamples

    private func choices(_ state: RoutingState, _ rules: RoutingRules, at seconds: Int = 0) -> [String] {
        RoutingPass(state, rules, at: Make.at(seconds)).choices.map { choice in
            "\(number(choice.room.text)) to \(number(choice.agent.text)) \(choice.reason.rawValue)"
        }
    }

    private func number(_ id: String) -> String { String(id.dropFirst(2).drop { $0 == "0" }) }

    @Test func leastBusyByLoadThenIdlenessThenID() {
        let state = RoutingState(
            agents: [Make.agent(1), Make.agent(2, lastAssigned: -50), Make.agent(3, since: -20), Make.agent(4)],
            entries: (11...17).map { Make.entry($0, entered: $0 - 200) },
            holdings: [Make.holding(1, 1)]
        )
        // 4 has been idle longest, then 2, then 3; with one each, 1 has been idle longest, then by id.
        #expect(
            choices(state, Make.rules(.leastBusy)) == [
                "11 to 4 least_busy", "12 to 2 least_busy", "13 to 3 least_busy", "14 to 1 least_busy",
                "15 to 2 least_busy", "16 to 3 least_busy", "17 to 4 least_busy",
            ])
    }

    @Test func roundRobinGoesOnFromItsPointer() {
        let agents = [1, 2, 3, 5].map { Make.agent($0) }
        let entries = (11...15).map { Make.entry($0, entered: $0 - 200) }
        func round(from pointer: Int?) -> [String] {
            let pointers: [TeamID?: UserID] = pointer.map { [Make.sales: .sample($0)] } ?? [:]
            return choices(
                RoutingState(agents: agents, entries: entries, pointers: pointers), Make.rules(.roundRobin)
            ).map { String($0.dropFirst(6).first ?? "?") }
        }
        #expect(round(from: nil) == ["1", "2", "3", "5", "1"])
        #expect(round(from: 2) == ["3", "5", "1", "2", "3"])
        // Whoever the pointer names may be gone.
        #expect(round(from: 4) == ["5", "1", "2", "3", "5"])
        #expect(round(from: 9) == ["1", "2", "3", "5", "1"])
    }

    @Test func roundsOfTeamsAreTheirOwn() {
        let both: Set<TeamID> = [Make.sales, Make.support]
        let state = RoutingState(
            agents: [1, 2].map { Make.agent($0, teams: both, capacity: .conversations(9)) },
            entries: [
                Make.entry(11, entered: -9), Make.entry(12, team: Make.support, entered: -8),
                Make.entry(13, entered: -7),
                Make.entry(14, team: nil, entered: -6),
            ]
        )
        let pass = RoutingPass(state, Make.rules(.roundRobin), at: Make.start)
        #expect(pass.choices.map(\.agent) == [.sample(1), .sample(1), .sample(2), .sample(1)])
        #expect(pass.pointers == [Make.sales: .sample(2), Make.support: .sample(1), nil: .sample(1)])
    }

    @Test func theKnownAgentGoesFirstIfTheyCan() {
        let state = RoutingState(
            agents: [Make.agent(1, capacity: .conversations(9)), Make.agent(2), Make.agent(3, .away)],
            entries: [
                Make.entry(11, entered: -9, preferred: 2), Make.entry(12, entered: -8, preferred: 3),
                Make.entry(13, entered: -7, preferred: 9), Make.entry(14, entered: -6, preferred: 2),
                Make.entry(15, entered: -5, preferred: 2),
            ]
        )
        #expect(
            choices(state, Make.rules(.roundRobin, lastAgentFirst: true)) == [
                "11 to 2 last_agent", "12 to 1 round_robin", "13 to 2 round_robin", "14 to 1 round_robin",
                "15 to 1 round_robin",
            ])
        #expect(
            choices(state, Make.rules(.manual, lastAgentFirst: true)) == ["11 to 2 last_agent", "14 to 2 last_agent"])
        #expect(choices(state, Make.rules(.manual)) == [])
    }

    @Test(arguments: PresenceState.allCases)
    func onlyWhoIsOnlineGetsSomething(_ presence: PresenceState) {
        let state = RoutingState(agents: [Make.agent(1, presence)], entries: [Make.entry(11)])
        for choice in [RoutingPolicy.Choice.roundRobin, .leastBusy] {
            let rules = Make.rules(choice, lastAgentFirst: true)
            #expect(choices(state, rules).isEmpty == (presence != .online))
        }
    }

    @Test func teamsAndSkillsAreNeeded() {
        let state = RoutingState(
            agents: [
                Make.agent(1, teams: [Make.support], skills: ["english"]),
                Make.agent(2, skills: ["english", "refund"]),
                Make.agent(3),
            ],
            entries: [
                Make.entry(11, skills: ["refund"], entered: -9),
                Make.entry(12, skills: ["refund", "french"], entered: -8),
                Make.entry(13, team: nil, skills: ["english"], entered: -7),
                Make.entry(14, team: Make.support, entered: -6),
            ]
        )
        #expect(
            choices(state, Make.rules(.leastBusy)) == [
                "11 to 2 least_busy", "13 to 1 least_busy", "14 to 1 least_busy",
            ])
    }

    @Test func whoeverHadTheirChanceIsNotAskedAgain() {
        let state = RoutingState(
            agents: [Make.agent(1)],
            entries: [
                Make.entry(11, entered: -9, declined: [.sample(1)]),
                Make.entry(12, entered: -8, silent: [.sample(1): Make.at(0)]),
            ]
        )
        let rules = Make.rules(.leastBusy)
        #expect(choices(state, rules, at: 299) == [])
        #expect(choices(state, rules, at: 300) == ["12 to 1 least_busy"])
    }

    @Test func capacityIsWeighedByChannel() {
        let weights = ChannelWeights(web: .conversations(1), whatsapp: Load(hundredths: 40))
        let state = RoutingState(
            agents: [Make.agent(1, capacity: .conversations(2))],
            entries: [
                Make.entry(11, .whatsapp, entered: -9), Make.entry(12, entered: -8), Make.entry(13, entered: -7),
                Make.entry(14, .whatsapp, entered: -6), Make.entry(15, .whatsapp, entered: -5),
            ]
        )
        // 0.4 + 1 + 0.4; another 0.4 would be 2.2.
        #expect(
            choices(state, Make.rules(.leastBusy, weights: weights)) == [
                "11 to 1 least_busy", "12 to 1 least_busy", "14 to 1 least_busy",
            ])
    }

    @Test func offersCountAndWhoIsOfferedIsNotInTheLine() {
        let offer = Offer(
            room: .sample(11), agent: .sample(1), channel: .web, madeAt: Make.start, expiresAt: Make.at(30),
            origin: .queue(.leastBusy))
        let state = RoutingState(
            agents: [Make.agent(1)],
            entries: [Make.entry(11), Make.entry(12, entered: -9), Make.entry(13, entered: -8)],
            offers: [offer])
        #expect(choices(state, Make.rules(.leastBusy)) == ["12 to 1 least_busy"])
    }

    @Test func theLineGoesByPriorityThenWaitingThenID() {
        let entries = [
            Make.entry(4, entered: -10), Make.entry(3, entered: -10), Make.entry(2, entered: -20),
            Make.entry(1, entered: -5, priority: 1), Make.entry(5, entered: -99, priority: -1),
        ]
        let line = RoutingState(entries: entries).line.map(\.room)
        #expect(line == [1, 2, 3, 4, 5].map { .sample($0) })
    }
}
