import Domain
import HubTestKit
import Testing

@Suite struct RoutingMachineTests {
    private typealias Make = RoutingSamples

    private let room = RoomID.sample(11)
    private let omar = UserID.sample(1)
    private let hind = UserID.sample(2)

    private func machine(
        _ agents: [RoutingAgent],
        asksFirst: Bool = false,
        holdings: [Holding] = []
    ) -> RoutingMachine {
        RoutingMachine(
            RoutingState(agents: agents, holdings: holdings), Make.rules(.leastBusy, asksFirst: asksFirst))
    }

    private func offer(_ agent: UserID, _ made: Int, _ origin: Offer.Origin = .queue(.leastBusy)) -> Offer {
        Offer(
            room: room, agent: agent, channel: .web, madeAt: Make.at(made), expiresAt: Make.at(made + 30),
            origin: origin)
    }

    private func assigned(
        to agent: UserID,
        _ epoch: Int64 = 0,
        _ reason: AssignmentReason = .leastBusy,
        note: String? = nil
    ) -> RoutingEffect {
        .assigned(room, to: agent, expecting: epoch, reason, note: note)
    }

    // MARK: Giving outright

    @Test func whoeverArrivesIsGivenAway() {
        var machine = machine([Make.agent(1)])
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start).effects == [assigned(to: omar)])
        #expect(machine.state.holdings[room]?.agent == omar && machine.state.entries.isEmpty)
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start) == .init())
    }

    @Test func whoeverWaitsIsGivenAwayWhenThereIsRoom() {
        var machine = machine([Make.agent(1, capacity: .conversations(1))])
        #expect(machine.handle(.arrived(Make.entry(12)), at: Make.start).effects.count == 1)
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start) == .init())
        #expect(machine.state.places(machine.rules, at: Make.start).map(\.reason) == [.allFull])
        #expect(machine.handle(.left(.sample(12)), at: Make.at(5)).effects == [assigned(to: omar)])
    }

    @Test func whoeverComesOnlineGetsWhatWaits() {
        var machine = machine([Make.agent(1, .away)])
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start) == .init())
        #expect(machine.handle(.agent(Make.agent(1, since: 9)), at: Make.at(9)).effects == [assigned(to: omar)])
    }

    @Test func aConversationThatSomebodyTookIsNobodyElses() {
        var machine = machine([Make.agent(1)], asksFirst: true)
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start).effects == [.offered(offer(omar, 0))])
        let step = machine.handle(.held(Make.holding(11, 2)), at: Make.at(3))
        #expect(step.effects == [.offerEnded(offer(omar, 0), .void)])
        #expect(machine.handle(.accepted(room, by: omar), at: Make.at(4)).refusal?.code == .conflict)
        #expect(machine.state.holdings[room]?.agent == hind)
    }

    // MARK: Offers

    @Test func accepting() {
        var machine = machine([Make.agent(1)], asksFirst: true)
        #expect(machine.handle(.arrived(Make.entry(11)), at: Make.start).effects == [.offered(offer(omar, 0))])
        #expect(machine.nextDeadline == Make.at(30))
        #expect(machine.state.places(machine.rules, at: Make.start).map(\.reason) == [.offered])
        #expect(machine.handle(.accepted(room, by: hind), at: Make.at(9)).refusal?.code == .conflict)
        #expect(machine.handle(.accepted(room, by: omar), at: Make.at(29)).effects == [assigned(to: omar)])
        #expect(machine.handle(.accepted(room, by: omar), at: Make.at(29)).refusal?.code == .conflict)
        #expect(machine.state.holdings[room]?.epoch == 1)
        // Chosen at 0, after it had waited 100 s.
        #expect(machine.state.pace == [Make.sales: [Make.at(0)]])
    }

    @Test func decliningAsksTheNext() {
        var machine = machine([Make.agent(1), Make.agent(2, since: -10)], asksFirst: true)
        _ = machine.handle(.arrived(Make.entry(11)), at: Make.start)
        #expect(
            machine.handle(.declined(room, by: omar), at: Make.at(2)).effects
                == [.offerEnded(offer(omar, 0), .declined), .offered(offer(hind, 2))])
        #expect(
            machine.handle(.declined(room, by: hind), at: Make.at(3)).effects
                == [.offerEnded(offer(hind, 2), .declined)])
        #expect(machine.state.places(machine.rules, at: Make.at(3)).map(\.reason) == [.allPassed])
        #expect(machine.nextDeadline == nil)
    }

    @Test func silenceAsksTheNextAndLaterTheSameAgain() {
        var machine = machine([Make.agent(1)], asksFirst: true)
        _ = machine.handle(.arrived(Make.entry(11)), at: Make.start)
        #expect(machine.handle(.timePassed, at: Make.at(29)) == .init())
        #expect(machine.handle(.timePassed, at: Make.at(30)).effects == [.offerEnded(offer(omar, 0), .silent)])
        #expect(machine.nextDeadline == Make.at(330))
        #expect(machine.handle(.timePassed, at: Make.at(330)).effects == [.offered(offer(omar, 330))])
    }

    @Test func aLateAcceptanceIsTooLate() {
        var machine = machine([Make.agent(1), Make.agent(2, .away)], asksFirst: true)
        _ = machine.handle(.arrived(Make.entry(11)), at: Make.start)
        let step = machine.handle(.accepted(room, by: omar), at: Make.at(31))
        #expect(step.refusal?.code == .conflict)
        #expect(step.effects == [.offerEnded(offer(omar, 0), .silent)])
    }

    // MARK: Silence and dropping

    @Test func whoeverStaysSilentLosesTheConversation() {
        var machine = machine([Make.agent(1), Make.agent(2, .away)])
        _ = machine.handle(.arrived(Make.entry(11)), at: Make.start)
        #expect(machine.nextDeadline == Make.at(300))
        #expect(machine.handle(.answered(room), at: Make.at(200)) == .init())
        #expect(machine.nextDeadline == nil)
        _ = machine.handle(.customerWrote(room), at: Make.at(1000))
        _ = machine.handle(.customerWrote(room), at: Make.at(1100))
        #expect(machine.nextDeadline == Make.at(1300))
        _ = machine.handle(.agent(Make.agent(2)), at: Make.at(1299))
        let step = machine.handle(.timePassed, at: Make.at(1300))
        #expect(
            step.effects == [
                .queued(room, team: Make.sales, from: omar, expecting: 1, .silent, note: nil),
                assigned(to: hind, 2),
            ])
        #expect(machine.state.holdings[room]?.customerWaitsSince == Make.at(1000))
    }

    @Test func whoeverDropsLosesWhatWaitsAndWhatDoesNot() {
        var machine = machine([Make.agent(1)], holdings: [Make.holding(11, 1, waits: -20), Make.holding(12, 1)])
        _ = machine.handle(.agent(Make.agent(1, .offline, since: 0)), at: Make.start)
        #expect(machine.nextDeadline == Make.at(60))
        #expect(machine.handle(.timePassed, at: Make.at(59)) == .init())
        #expect(
            machine.handle(.timePassed, at: Make.at(60)).effects == [
                .queued(room, team: Make.sales, from: omar, expecting: 1, .dropped, note: nil),
                .released(.sample(12), from: omar, expecting: 1),
            ])
        #expect(machine.state.entries[room]?.enteredAt == Make.at(-20))
        #expect(machine.state.holdings.isEmpty)
    }

    @Test func aReconnectWithinTheGraceKeepsEverything() {
        var machine = machine([Make.agent(1)], holdings: [Make.holding(11, 1)])
        _ = machine.handle(.agent(Make.agent(1, .offline, since: 0)), at: Make.start)
        _ = machine.handle(.agent(Make.agent(1, since: 59)), at: Make.at(59))
        #expect(machine.handle(.timePassed, at: Make.at(100)) == .init())
    }

    @Test func aClosedAccountLosesEverythingAtOnce() {
        var machine = machine([Make.agent(1), Make.agent(2)], holdings: [Make.holding(11, 1, waits: -20)])
        #expect(
            machine.handle(.agentGone(omar), at: Make.start).effects == [
                .queued(room, team: Make.sales, from: omar, expecting: 1, .dropped, note: nil), assigned(to: hind, 2),
            ])
        #expect(machine.state.agents[omar] == nil)
    }

    // MARK: Transfers

    private func transfer(_ target: Transfer.Target, else fallback: Transfer.Fallback) -> Transfer {
        Transfer(room: room, from: omar, to: target, note: "يسأل عن الفاتورة", fallback: fallback)
    }

    @Test func toAPerson() {
        var machine = machine([Make.agent(1), Make.agent(2)], holdings: [Make.holding(11, 1, waits: -20)])
        let step = machine.handle(.transfer(transfer(.agent(hind), else: .stay)), at: Make.start)
        #expect(step.effects == [assigned(to: hind, 1, .transfer, note: "يسأل عن الفاتورة")])
        let holding = machine.state.holdings[room]
        #expect(holding?.customerWaitsSince == Make.at(-20) && holding?.agentOwesSince == Make.start)
    }

    @Test(arguments: [PresenceState.offline, .away, .busy, .online])
    func toAPersonWhoCannot(_ presence: PresenceState) {
        let full = Make.agent(2, presence, capacity: presence == .online ? .none : .conversations(2))
        var machine = machine([Make.agent(1), full], holdings: [Make.holding(11, 1)])
        let stay = transfer(.agent(hind), else: .stay)
        #expect(machine.handle(.transfer(stay), at: Make.start).effects == [.transferFailed(stay)])
        let queue = transfer(.agent(hind), else: .queue(Make.support))
        #expect(
            machine.handle(.transfer(queue), at: Make.start).effects == [
                .queued(
                    room, team: Make.support, from: omar, expecting: 1, .transferFellBack, note: "يسأل عن الفاتورة")
            ])
        #expect(machine.state.entries[room]?.team == Make.support)
    }

    @Test func toATeam() {
        let other = Make.agent(2, teams: [Make.support])
        var machine = machine(
            [Make.agent(1, teams: [Make.sales, Make.support]), other], holdings: [Make.holding(11, 1)])
        #expect(
            machine.handle(.transfer(transfer(.team(Make.support), else: .stay)), at: Make.start).effects == [
                .queued(room, team: Make.support, from: omar, expecting: 1, .transfer, note: "يسأل عن الفاتورة"),
                assigned(to: hind, 2, note: "يسأل عن الفاتورة"),
            ])
    }

    @Test func toATeamOfWhichNobodyIsHere() {
        var machine = machine(
            [Make.agent(1), Make.agent(2, .away, teams: [Make.support])], holdings: [Make.holding(11, 1)])
        let stay = transfer(.team(Make.support), else: .stay)
        #expect(machine.handle(.transfer(stay), at: Make.start).effects == [.transferFailed(stay)])
        #expect(machine.state.holdings[room]?.agent == omar)
    }

    @Test func anOfferedTransferFallsBackOnSilence() {
        var machine = machine([Make.agent(1), Make.agent(2)], asksFirst: true, holdings: [Make.holding(11, 1)])
        let stay = transfer(.agent(hind), else: .stay)
        let asked = offer(hind, 0, .transfer(stay))
        #expect(machine.handle(.transfer(stay), at: Make.start).effects == [.offered(asked)])
        #expect(machine.state.holdings[room]?.agent == omar)
        #expect(
            machine.handle(.timePassed, at: Make.at(30)).effects == [
                .offerEnded(asked, .silent), .transferFailed(stay),
            ])
        _ = machine.handle(.transfer(stay), at: Make.at(40))
        #expect(
            machine.handle(.accepted(room, by: hind), at: Make.at(45)).effects
                == [assigned(to: hind, 1, .transfer, note: stay.note)])
    }

    @Test func whoeverHasItNoLongerCannotTransferIt() {
        var machine = machine([Make.agent(1), Make.agent(2)], holdings: [Make.holding(11, 2)])
        let step = machine.handle(.transfer(transfer(.agent(hind), else: .stay)), at: Make.start)
        #expect(step.refusal?.code == .conflict && step.effects == [])
        let own = Transfer(room: room, from: hind, to: .agent(hind), note: "", fallback: .stay)
        #expect(machine.handle(.transfer(own), at: Make.start).refusal?.code == .badRequest)
        let long = String(repeating: "ا", count: Transfer.maxNoteLength + 1)
        let wordy = Transfer(room: room, from: hind, to: .agent(omar), note: long, fallback: .stay)
        #expect(machine.handle(.transfer(wordy), at: Make.start).refusal?.code == .badRequest)
    }

    // MARK: Supervisors

    @Test func aSupervisorOverrulesEverything() {
        let full = Make.agent(2, .busy, teams: [], capacity: .none)
        var machine = machine([Make.agent(1), full], asksFirst: true)
        _ = machine.handle(.arrived(Make.entry(11, declined: [hind])), at: Make.start)
        #expect(
            machine.handle(.override(room, to: hind), at: Make.at(1)).effects
                == [.offerEnded(offer(omar, 0), .overridden), assigned(to: hind, 0, .override)])
        #expect(machine.handle(.override(room, to: hind), at: Make.at(2)) == .init())
        #expect(
            machine.handle(.override(room, to: omar), at: Make.at(3)).effects == [assigned(to: omar, 1, .override)])
        #expect(
            machine.handle(.override(room, to: nil), at: Make.at(4)).effects
                == [.queued(room, team: Make.sales, from: omar, expecting: 2, .override, note: nil)])
        #expect(machine.handle(.override(room, to: .sample(9)), at: Make.at(5)).refusal?.code == .notFound)
        #expect(machine.handle(.override(.sample(99), to: omar), at: Make.at(5)).refusal?.code == .notFound)
    }

    // MARK: Places

    @Test func placesSayWhy() {
        let rules = RoutingRules(
            standard: RoutingPolicy(choice: .leastBusy),
            teams: [Make.support: RoutingPolicy(choice: .manual)])
        let state = RoutingState(
            agents: [Make.agent(1, capacity: .conversations(1)), Make.agent(2, teams: [Make.support])],
            entries: [
                Make.entry(11, entered: -50), Make.entry(12, skills: ["refund"], entered: -40),
                Make.entry(13, entered: -30, declined: [omar]), Make.entry(14, team: Make.support),
                Make.entry(15, team: .sample(9)), Make.entry(16, entered: -20),
            ],
            holdings: [Make.holding(31, 1)],
            pace: [
                Make.sales: (0...9).map { Make.at($0 * 60 - 600) }, .sample(9): (0...9).map { Make.at($0 * 60 - 600) },
            ]
        )
        let places = Dictionary(uniqueKeysWithValues: state.places(rules, at: Make.start).map { ($0.room, $0) })
        func place(_ number: Int) -> QueuePlace? { places[.sample(number)] }
        #expect(
            (11...16).map { place($0)?.reason } == [
                .allFull, .skillMissing, .allPassed, .byHand, .nobodyHere, .allFull,
            ])
        #expect((11...16).map { place($0)?.position } == [1, 2, 3, 1, 1, 4])
        #expect(place(11)?.estimate != .unknown)
        #expect(place(14)?.estimate == .unknown && place(15)?.estimate == .unknown)
    }
}
