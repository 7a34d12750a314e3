import Domain
import Testing

@testable import Storage

/// A thousand customers at once, on two hubs that share a database.
@Suite struct RoutingCrowdTests {
    private static let customers = 1000
    private static let agents = 60
    private static let capacity: Int64 = 10

    @Test(arguments: Engine.allCases)
    func nobodyIsLeftOutDoubledOrOverloaded(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let day = RoutingDay(stores, fixture)
            try await day.set(.routingPolicy, .string("least_busy"))
            let agents = try await Self.staff(day)
            var visitors: [Visitor] = []
            for _ in 0..<Self.customers { visitors.append(try await stores.makeVisitor(fixture)) }
            let second = try await fixture.open()
            try await Self.arrive(visitors, agents, [stores, second], at: fixture.clock.now)

            var picture = try await day.turn().picture
            while try await stores.routing.glance().hasSignals { picture = try await day.turn().picture }
            let state = picture.state
            #expect(state.holdings.count + state.entries.count == Self.customers, "nobody is left out")
            #expect(state.holdings.count == Self.agents * Int(Self.capacity), "everybody is busy")
            let loads = state.loads(picture.rules.weights)
            #expect(loads.values.allSatisfy { $0 <= .conversations(Self.capacity) }, "nobody has more than they can")
            for visitor in visitors { try await Self.check(visitor, state, day) }
        }
    }

    private static func staff(_ day: RoutingDay) async throws -> [User] {
        var agents: [User] = []
        for number in 0..<Self.agents { agents.append(try await day.agent(number, capacity: Self.capacity)) }
        try await day.come(Array(agents.prefix(Self.agents / 2)), on: "one")
        try await day.come(Array(agents.suffix(Self.agents / 2)), on: "two")
        return agents
    }

    /// Both hubs append and take turns, and agents take some by hand, all at the same time.
    private static func arrive(
        _ visitors: [Visitor],
        _ agents: [User],
        _ hubs: [StoreSet],
        at moment: Timestamp
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, hub) in hubs.enumerated() {
                let mine = visitors.enumerated().filter { $0.offset % hubs.count == index }.map(\.element)
                group.addTask { try await write(mine, hub) }
                group.addTask { try await takeTurns(hub, at: moment) }
                group.addTask { try await takeByHand(mine, agents, hub) }
            }
            try await group.waitForAll()
        }
    }

    private static func write(_ visitors: [Visitor], _ hub: StoreSet) async throws {
        for start in stride(from: 0, to: visitors.count, by: 25) {
            let requests = visitors[start..<min(start + 25, visitors.count)].map { visitor in
                let question = Draft(
                    author: visitor.participant, mid: .fresh(), content: .message(.text("سؤال"), replyTo: nil))
                return AppendRequest(room: visitor.room, drafts: [question])
            }
            _ = try await hub.rooms.append(requests)
        }
    }

    private static func takeTurns(_ hub: StoreSet, at moment: Timestamp) async throws {
        for _ in 0..<20 { _ = try await hub.routing.takeTurn(nil, note: nil, auditedFor: nil, at: moment) }
    }

    /// Of what somebody has by then, they get nothing: they saw it without an owner.
    private static func takeByHand(_ visitors: [Visitor], _ agents: [User], _ hub: StoreSet) async throws {
        for (visitor, agent) in zip(visitors, agents.prefix(20)) {
            let take = Draft(
                author: agent.participant, mid: .fresh(),
                content: .assignment(to: Assignee(.user(agent.id), name: agent.name), epoch: 0),
                basis: WriteBasis(epoch: 0))
            _ = try await hub.rooms.append([AppendRequest(room: visitor.room, drafts: [take])])
        }
    }

    private static func check(_ visitor: Visitor, _ state: RoutingState, _ day: RoutingDay) async throws {
        let assignments = try await day.stores.log(of: visitor.room).filter { $0.content.kind == .assignment }
        let row = try #require(await day.conversation(of: visitor))
        let holder = state.holdings[visitor.room]?.agent
        #expect(assignments.count == (holder == nil ? 0 : 1), "nobody is given twice")
        #expect(row.assignee?.reference == holder.map { .user($0) })
        #expect(row.epoch == Int64(assignments.count))
    }
}
