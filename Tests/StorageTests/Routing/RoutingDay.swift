import Domain
import Synchronization

@testable import Storage

/// A shop for tests of routing: its hubs, its agents and its customers.
struct RoutingDay {
    let stores: StoreSet
    let fixture: StoreFixture

    init(_ stores: StoreSet, _ fixture: StoreFixture) {
        self.stores = stores
        self.fixture = fixture
    }

    var now: Timestamp { fixture.clock.now }

    func set(_ setting: ShopSetting, _ value: JSONValue) async throws {
        _ = try await stores.settings.set(setting, to: value, expected: nil, fixture.writing())
    }

    func agent(_ number: Int, capacity: Int64 = 5) async throws -> User {
        let user = User(
            id: .make(at: now), email: "agent\(number)@example.sa", name: "موظف \(number)", role: .agent,
            isDisabled: false, createdAt: now)
        try await stores.users.add(user, passwordHash: "x")
        _ = try await stores.accounts.change(user.id, expected: nil, fixture.writing()) { $0.capacity = capacity }
        return user
    }

    func team(_ members: [User], _ change: (inout Team) -> Void = { _ in }) async throws -> Team {
        var team = Team(id: .make(at: now), at: now)
        team.nameAr = "المبيعات"
        team.members = members.map(\.id).sorted()
        change(&team)
        return try await stores.teams.add(team, fixture.writing()).value()
    }

    /// Says who is here, as the hub named `hub` does.
    func come(_ users: [User], _ state: PresenceState = .online, on hub: String = "one") async throws {
        let states = Dictionary(users.map { ($0.id, state) }, uniquingKeysWith: { $1 })
        _ = try await stores.routing.beat(of: hub, states, at: now, lifetime: .seconds(15))
    }

    /// A customer who writes.
    func customer() async throws -> Visitor {
        let visitor = try await stores.makeVisitor(fixture)
        try await write(visitor)
        return visitor
    }

    func customers(_ count: Int) async throws -> [Visitor] {
        var customers: [Visitor] = []
        for _ in 0..<count {
            customers.append(try await customer())
            fixture.clock.advance()
        }
        return customers
    }

    func owners(of visitors: [Visitor]) async throws -> [UserID] {
        var owners: [UserID] = []
        for visitor in visitors {
            if let owner = try await owner(of: visitor) { owners.append(owner) }
        }
        return owners
    }

    @discardableResult
    func write(_ visitor: Visitor) async throws -> AppendResult {
        try await stores.append(
            visitor.room,
            Draft(author: visitor.participant, mid: .fresh(), content: .message(.text("السلام عليكم"), replyTo: nil)))
    }

    func answer(_ visitor: Visitor, by user: User) async throws {
        try await stores.append(
            visitor.room,
            Draft(author: user.participant, mid: .fresh(), content: .message(.text("وعليكم السلام"), replyTo: nil)))
    }

    func hand(_ visitor: Visitor, to assignee: Assignee?) async throws {
        try await stores.append(
            visitor.room, Draft(author: .hub, mid: .fresh(), content: .assignment(to: assignee, epoch: 0)))
    }

    func say(_ state: ConversationState, of visitor: Visitor) async throws {
        try await stores.append(
            visitor.room, Draft(author: .hub, mid: .fresh(), content: .state(state, until: nil)))
    }

    @discardableResult
    func turn(
        _ wish: RoutingWish? = nil,
        note: (author: Participant, text: String)? = nil
    ) async throws -> RoutingTurnResult {
        try await stores.routing.takeTurn(wish, note: note, auditedFor: nil, at: now)
    }

    func owner(of visitor: Visitor) async throws -> UserID? {
        guard case .user(let id)? = try await conversation(of: visitor)?.assignee?.reference else { return nil }
        return id
    }

    func conversation(of visitor: Visitor) async throws -> Conversation? {
        try await stores.rooms.room(visitor.room)?.conversation
    }

    /// What routing remembers of it.
    func memory(of visitor: Visitor) async throws -> RoutingMemory? {
        guard let store = stores.routing as? SQLRoutingStore else { return nil }
        return try await store.database.read { session in
            try RoutingRows.memories(session.execute(RoutingStatements.memories.over([[.id(visitor.room)]])))
        }[visitor.room]
    }

    func pass(_ seconds: Int) {
        fixture.clock.advance(.seconds(seconds))
    }
}
