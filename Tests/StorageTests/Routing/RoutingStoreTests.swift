import Domain
import Testing

@testable import Storage

@Suite struct RoutingStoreTests {
    /// Least busy, with two agents on one hub.
    static func withShop(
        _ engine: Engine,
        _ body: (RoutingDay, [User]) async throws -> Void
    ) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let day = RoutingDay(stores, fixture)
            try await day.set(.routingPolicy, .string("least_busy"))
            let agents = [try await day.agent(1), try await day.agent(2)]
            try await day.come(agents)
            try await day.turn()
            try await body(day, agents)
        }
    }

    @Test(arguments: Engine.allCases)
    func aShopThatDecidedNothingTakesByHand(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let day = RoutingDay(stores, fixture)
            let sara = try await day.agent(1)
            try await day.come([sara])
            let laila = try await day.customer()
            let waiting = try await day.turn()
            #expect(waiting.picture.state.places(waiting.picture.rules, at: day.now).map(\.reason) == [.byHand])
            #expect(waiting.heads.isEmpty)
            day.pass(3600)
            try await day.turn()
            #expect(try await stores.log(of: laila.room).count == 1)
            // Whoever takes it has it, and keeps it however long they stay away.
            let mine = EventContent.assignment(to: Assignee(.user(sara.id), name: sara.name), epoch: 0)
            try await stores.append(laila.room, Samples.draft(mine, by: sara.participant, mid: "take"))
            try await day.come([sara], .offline)
            try await day.turn()
            day.pass(7200)
            let later = try await day.turn()
            #expect(try await day.owner(of: laila) == sara.id)
            #expect(later.picture.state.holdings[laila.room]?.agent == sara.id)
            #expect(later.picture.nextDeadline == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoeverHasLeastGetsTheNext(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let customers = try await day.customers(4)
            let result = try await day.turn()
            #expect(result.heads.count == 4)
            let owners = try await day.owners(of: customers)
            #expect(agents.allSatisfy { agent in owners.count { $0 == agent.id } == 2 })
            let log = try await day.stores.log(of: customers[0].room)
            #expect(log.map(\.content.kind) == [.message, .assignment])
            #expect(log[1].author == .hub)
            #expect(try await day.conversation(of: customers[0])?.epoch == 1)
            // Nothing happened since: the next turn writes nothing.
            let next = try await day.turn()
            #expect(next.heads.isEmpty && next.picture.version == result.picture.version)
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyTheFirstMessageOfWhoWaitsIsToldToRouting(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, _ in
            let visitor = try await day.stores.makeVisitor(day.fixture)
            #expect(try await day.write(visitor).concernsRouting)
            #expect(try await !day.write(visitor).concernsRouting)
            try await day.turn()
            #expect(try await !day.stores.routing.glance().hasSignals)
            #expect(try await !day.write(visitor).concernsRouting)
        }
    }

    @Test(arguments: Engine.allCases)
    func nobodyGetsMoreThanTheyCanTake(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let customers = try await day.customers(13)
            let full = try await day.turn().picture
            #expect(full.state.holdings.count == 10 && full.state.entries.count == 3)
            #expect(Set(full.state.places(full.rules, at: day.now).map(\.reason)) == [.allFull])
            // The first who is resolved makes room for the first who waits.
            try await day.say(.resolved, of: customers[0])
            let next = try await day.turn()
            let freed = try #require(await day.owner(of: customers[0]))
            #expect(try await day.owner(of: customers[10]) == freed)
            #expect(next.picture.state.entries.count == 2 && agents.map(\.id).contains(freed))
        }
    }

    @Test(arguments: Engine.allCases)
    func anAssignmentByHandIsFollowed(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let laila = try await day.customer()
            try await day.turn()
            let first = try #require(await day.owner(of: laila))
            let other = try #require(agents.first { $0.id != first })
            let hand = EventContent.assignment(to: Assignee(.user(other.id), name: other.name), epoch: 0)
            try await day.stores.append(laila.room, Samples.draft(hand, by: other.participant, mid: "hand"))
            let state = try await day.turn().picture.state
            #expect(state.holdings[laila.room]?.agent == other.id && state.holdings[laila.room]?.epoch == 2)
            let nobody = EventContent.assignment(to: nil, epoch: 0)
            try await day.stores.append(laila.room, Samples.draft(nobody, by: other.participant, mid: "nobody"))
            let third = try await day.turn().picture.state
            #expect(third.holdings[laila.room]?.epoch == 4, "back in the queue, and given away again")
        }
    }

    @Test(arguments: Engine.allCases)
    func whoIsAskedMayDecline(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            try await day.set(.routingAsksFirst, .bool(true))
            let laila = try await day.customer()
            let first = try #require(await day.turn().picture.state.offers[laila.room])
            #expect(try await day.owner(of: laila) == nil)
            let stranger = try #require(agents.first { $0.id != first.agent })
            #expect(try await day.turn(.accept(laila.room, by: stranger.id)).refusal?.code == .conflict)
            let second = try await day.turn(.decline(laila.room, by: first.agent)).picture.state.offers[laila.room]
            #expect(second?.agent == stranger.id)
            let done = try await day.turn(.accept(laila.room, by: stranger.id))
            #expect(done.refusal == nil && done.picture.state.offers.isEmpty)
            #expect(try await day.owner(of: laila) == stranger.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoSaysNothingIsPassedOver(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, _ in
            try await day.set(.routingAsksFirst, .bool(true))
            let laila = try await day.customer()
            let first = try #require(await day.turn().picture.state.offers[laila.room])
            #expect(try await day.stores.routing.glance().nextDeadline == day.now + .seconds(30))
            day.pass(30)
            let second = try await day.turn().picture.state.offers[laila.room]
            #expect(second != nil && second?.agent != first.agent)
        }
    }

    @Test(arguments: Engine.allCases)
    func aTransferReachesATeamWithItsNote(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let laila = try await day.customer()
            try await day.turn()
            let from = try #require(await day.owner(of: laila))
            let other = try #require(agents.first { $0.id != from })
            let team = try await day.team([other])
            let author = try #require(agents.first { $0.id == from }).participant
            let wish = RoutingWish.transfer(
                Transfer(room: laila.room, from: from, to: .team(team.id), note: "تريد الاستبدال", fallback: .stay))
            let result = try await day.turn(wish, note: (author, "تريد الاستبدال"))
            #expect(result.refusal == nil)
            let conversation = try #require(await day.conversation(of: laila))
            #expect(conversation.assignee?.reference == .user(other.id) && conversation.team == team.id)
            let side = try await day.stores.log(of: conversation.side)
            #expect(side.map(\.author) == [author] && side.first?.content.searchText == "تريد الاستبدال")
            // Nobody of the team is here any more: it stays.
            try await day.come([other], .offline)
            let back = Transfer(room: laila.room, from: other.id, to: .team(team.id), note: "", fallback: .stay)
            #expect(try await day.turn(.transfer(back)).effects == [.transferFailed(back)])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoIsOnAHubThatDiedLosesTheirConversations(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            try await day.come([agents[0]], .offline)
            try await day.come([agents[0]], on: "two")
            let laila = try await day.customer()
            try await day.come([agents[1]], .away)
            try await day.turn()
            #expect(try await day.owner(of: laila) == agents[0].id)
            try await day.come([agents[1]])
            // The hub named "two" says nothing more.
            day.pass(16)
            let beat = try await day.stores.routing.beat(of: "one", [:], at: day.now, lifetime: .seconds(15))
            #expect(beat.forgotOthers && !beat.wasForgotten)
            let noticed = try await day.turn()
            #expect(noticed.picture.state.agents[agents[0].id]?.presence == .offline)
            #expect(try await day.owner(of: laila) == agents[0].id, "the grace runs")
            day.pass(60)
            try await day.turn()
            #expect(try await day.owner(of: laila) == agents[1].id)
            // It was not dead after all: it is told so, and tells of its people again.
            #expect(
                try await day.stores.routing.beat(of: "two", [:], at: day.now, lifetime: .seconds(15)).wasForgotten)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoComesBackSoonMeetsTheSameAgent(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let laila = try await day.customer()
            try await day.turn()
            let known = try #require(await day.owner(of: laila))
            try await day.say(.resolved, of: laila)
            try await day.turn()
            #expect(try await day.turn().picture.state.holdings.isEmpty)
            day.pass(3600)
            try await day.come(agents)
            try await day.write(laila)
            let state = try await day.turn().picture.state
            #expect(state.holdings[laila.room]?.agent == known)
            #expect(try await day.conversation(of: laila)?.state == .open)
            // And when they went home, somebody else does.
            try await day.answer(laila, by: try #require(agents.first { $0.id == known }))
            try await day.say(.resolved, of: laila)
            try await day.come(agents.filter { $0.id == known }, .offline)
            try await day.turn()
            try await day.write(laila)
            try await day.turn()
            let next = try await day.owner(of: laila)
            #expect(next != nil && next != known)
        }
    }

    @Test(arguments: Engine.allCases)
    func longAfterItIsANewCaseAndNobodysByRight(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            try await day.set(.routingReopensHours, .integer(1))
            try await day.set(.routingLastAgentFirst, .bool(false))
            let laila = try await day.customer()
            try await day.turn()
            for (hours, number) in [(1, 1), (2, 2)] as [(Int, Int64)] {
                try await day.say(.resolved, of: laila)
                let resolved = day.now
                // The turn comes late, or sees resolving and writing at once.
                if number == 1 { try await day.turn() }
                day.pass(hours * 3600)
                try await day.come(agents)
                try await day.write(laila)
                try await day.turn()
                #expect(try await day.conversation(of: laila)?.resolvedAt == resolved)
                #expect(try await day.memory(of: laila)?.caseNumber == number)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aNewConversationIsOfTheTeamOfItsChannel(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let team = try await day.team([agents[1]])
            try await day.set(.routingWebTeam, .string(team.id.text))
            let laila = try await day.customer()
            // Before routing has looked at it: nobody else sees what the customer wrote.
            #expect(try await day.conversation(of: laila)?.team == team.id)
            try await day.turn()
            #expect(try await day.owner(of: laila) == agents[1].id)
            let log = try await day.stores.log(of: laila.room).map(\.content)
            #expect(log.contains(.assignment(to: Assignee(.team(team.id), name: team.nameAr), epoch: 1)))
            // The team is no more: everybody's queue.
            try await day.say(.resolved, of: laila)
            try await day.stores.teams.remove(team.id, expected: nil, day.fixture.writing())
            let noura = try await day.customer()
            #expect(try await day.conversation(of: noura)?.team == nil)
            let state = try await day.turn().picture.state
            #expect(state.holdings[noura.room] != nil && state.holdings[noura.room]?.team == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func aTeamThatDoesNotExistIsRefused(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, _ in
            let error = await #expect(throws: HubError.self) {
                try await day.set(.routingWhatsAppTeam, .string(TeamID.make(at: day.now).text))
            }
            #expect(error?.code == .invalid)
            try await day.set(.routingWhatsAppTeam, "")
        }
    }

    @Test(arguments: Engine.allCases)
    func theAssistantGivesACustomerToPeople(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let laila = try await day.stores.makeVisitor(day.fixture)
            try await day.hand(laila, to: .assistant)
            try await day.write(laila)
            #expect(try await day.turn().picture.state.entries.isEmpty)
            let handover = AssistantHandover(
                room: laila.room, epoch: 1, team: nil, note: "تريد الاستبدال", notice: "سيجيبك زميل", reason: .asked)
            func give() async throws -> RoutingTurnResult {
                try await day.stores.routing.takeTurn(
                    .handover(handover), note: (.assistant, handover.note), auditedFor: .system, at: day.now)
            }
            #expect(try await give().refusal == nil)
            let owner = try await day.owner(of: laila)
            #expect(agents.map(\.id).contains { $0 == owner })
            let log = try await day.stores.log(of: laila.room)
            #expect(log.map(\.content.kind) == [.assignment, .message, .message, .assignment, .assignment])
            #expect(log[2].author == .hub && log[2].content.searchText == "سيجيبك زميل")
            let conversation = try #require(await day.conversation(of: laila))
            #expect(conversation.epoch == 3 && conversation.waitingSince == log[1].at)
            let side = try await day.stores.log(of: conversation.side)
            #expect(side.map(\.author) == [.assistant] && side.first?.content.searchText == handover.note)
            // It is over: neither a second handover nor an answer of the turn that began before.
            #expect(try await give().refusal?.code == .conflict)
            let answer = Draft(
                author: .assistant, mid: .fresh(), content: .message(.text("…"), replyTo: nil),
                basis: WriteBasis(epoch: 1))
            #expect(try await day.stores.append(laila.room, answer).events.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aPersonWhoAnswersSilencesTheAssistantUnderEveryPolicy(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            try await day.set(.routingPolicy, .string("manual"))
            let laila = try await day.customer()
            try await day.hand(laila, to: .assistant)
            try await day.turn()
            #expect(try await day.conversation(of: laila)?.isAssistants == true)
            try await day.answer(laila, by: agents[0])
            let state = try await day.turn().picture.state
            #expect(try await day.owner(of: laila) == agents[0].id)
            #expect(state.holdings[laila.room]?.epoch == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func aSupervisorDecides(_ engine: Engine) async throws {
        try await Self.withShop(engine) { day, agents in
            let laila = try await day.customer()
            try await day.turn()
            let first = try #require(await day.owner(of: laila))
            let other = try #require(agents.first { $0.id != first })
            try await day.come([other], .away)
            #expect(try await day.turn(.override(laila.room, to: other.id)).refusal == nil)
            #expect(try await day.owner(of: laila) == other.id)
            try await day.come(agents, .away)
            #expect(try await day.turn(.override(laila.room, to: nil)).refusal == nil)
            #expect(try await day.owner(of: laila) == nil)
            let ranked = try await day.turn(.rank(laila.room, priority: 7, skills: ["آيفون"]))
            #expect(ranked.picture.state.entries[laila.room]?.priority == 7)
            try await day.come(agents)
            let picture = try await day.turn().picture
            #expect(picture.state.places(picture.rules, at: day.now).map(\.reason) == [.skillMissing])
        }
    }
}
