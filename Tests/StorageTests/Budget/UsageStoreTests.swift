import Domain
import Testing

@testable import Storage

@Suite struct UsageStoreTests {
    private static let rules = BudgetRules(
        price: ModelPrice(prompt: 1_000_000, completion: 2_000_000, currency: .riyal), zone: .riyadh)

    private static func rules(_ bounds: [Budget: Int64]) -> BudgetRules {
        var rules = rules
        rules.bounds = bounds
        return rules
    }

    private static func request(
        _ fixture: StoreFixture,
        _ purpose: ModelPurpose = .answer,
        in room: RoomID? = nil,
        estimate: Int64 = 100,
        beginsAnswer: Bool = false
    ) -> ModelRequest {
        ModelRequest(
            .make(at: fixture.clock.now), ModelUse(purpose, in: room), model: "m", at: fixture.clock.now, version: 3,
            estimate: TokenUsage(prompt: estimate / 2, completion: estimate - estimate / 2, isEstimated: true),
            beginsAnswer: beginsAnswer)
    }

    private static func took(_ request: ModelRequest, _ prompt: Int64, _ completion: Int64) -> ModelUsage {
        ModelUsage(request, took: TokenUsage(prompt: prompt, completion: completion))
    }

    private static func day(_ fixture: StoreFixture) -> SpendingKey { .day(rules.periods(at: fixture.clock.now).day) }

    private static func today(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> Spending {
        try await stores.usage.spending(of: [day(fixture)])[day(fixture)] ?? Spending()
    }

    private static func alerts(_ stores: StoreSet) async throws -> [String] {
        try await stores.archive.entries(ListRequest(filter: AuditFilter(), order: AuditSort.usual, limit: 100)).items
            .map(\.event.action).filter { $0.hasPrefix("assistant.budget") }
    }

    // MARK: Counting

    @Test(arguments: Engine.allCases)
    func whatIsHeldIsGivenBackAndWhatWasTakenCountsOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let now = fixture.clock.now
            let request = Self.request(fixture, in: visitor.room, beginsAnswer: true)
            #expect(try await stores.usage.open([request], Self.rules, at: now).verdicts == [.go])
            #expect(try await Self.today(stores, fixture) == Spending(answers: 1, heldTokens: 100, heldCost: 150))
            // The answer to a commit may be lost: what is told again changes nothing.
            _ = try await stores.usage.open([request], Self.rules, at: now)
            #expect(try await Self.today(stores, fixture).heldTokens == 100)
            for _ in 0..<2 { _ = try await stores.usage.settle([Self.took(request, 40, 10)], Self.rules, at: now) }
            #expect(try await Self.today(stores, fixture) == Spending(tokens: 50, cost: 60, answers: 1))
            let month = SpendingKey.month(Self.rules.periods(at: now).month)
            #expect(try await stores.usage.spending(of: [month])[month]?.tokens == 50)
            let line = try #require(try await stores.usage.requests(in: visitor.room, limit: 9).first)
            #expect(line.tokens == TokenUsage(prompt: 40, completion: 10) && line.cost == 60 && !line.isOpen)
            #expect(line.version == 3 && line.model == "m" && line.purpose == "answer" && line.currency == "SAR")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatNobodyOpenedIsWrittenOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let request = Self.request(fixture, .embedding)
            for _ in 0..<3 {
                _ = try await stores.usage.settle([Self.took(request, 7, 0)], Self.rules, at: fixture.clock.now)
            }
            #expect(try await Self.today(stores, fixture) == Spending(tokens: 7, cost: 7))
        }
    }

    @Test(arguments: Engine.allCases)
    func daysTellWhatForAndAreThoseOfTheShop(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let first = Self.rules.periods(at: fixture.clock.now).day
            for purpose in ModelPurpose.allCases {
                _ = try await stores.usage.settle(
                    [Self.took(Self.request(fixture, purpose), 1, 1)], Self.rules, at: fixture.clock.now)
            }
            fixture.clock.advance(.seconds(86_400))
            let second = Self.rules.periods(at: fixture.clock.now).day
            _ = try await stores.usage.settle(
                [Self.took(Self.request(fixture), 5, 0)], Self.rules, at: fixture.clock.now)
            let days = try await stores.usage.days(from: first, to: second)
            #expect(days.map(\.day) == [first, second] && days.map(\.currency) == [.riyal, .riyal])
            #expect(days[0].total.tokens == Int64(ModelPurpose.allCases.count) * 2)
            #expect(
                days[0].purposes
                    == Dictionary(
                        uniqueKeysWithValues: ModelPurpose.allCases.map { ($0, Spending(tokens: 2, cost: 3)) }))
            #expect(days[1].purposes == [.answer: Spending(tokens: 5, cost: 5)])
            #expect(try await stores.usage.days(from: second, to: second).map(\.day) == [second])
        }
    }

    @Test(arguments: Engine.allCases)
    func anotherCurrencyBeginsAtNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            _ = try await stores.usage.settle([Self.took(Self.request(fixture), 100, 0)], Self.rules, at: now)
            var dollars = Self.rules
            dollars.price = ModelPrice(prompt: 3_000_000, completion: 0, currency: try #require(Currency("USD")))
            _ = try await stores.usage.settle([Self.took(Self.request(fixture), 10, 0)], dollars, at: now)
            #expect(try await Self.today(stores, fixture) == Spending(tokens: 110, cost: 30))
        }
    }

    // MARK: Budgets

    @Test(arguments: Engine.allCases)
    func aBudgetWarnsOnceAndStopsOnceOnAllHubs(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let rules = Self.rules([.dayTokens: 100])
            let now = fixture.clock.now
            func spend(_ tokens: Int64, _ stores: StoreSet) async throws -> [BudgetAlert.Level] {
                try await stores.usage.settle([Self.took(Self.request(fixture), tokens, 0)], rules, at: now).map(
                    \.level)
            }
            #expect(try await spend(79, stores) == [])
            #expect(try await spend(1, second) == [.warned])
            #expect(try await spend(1, stores) == [])
            let warned = try await second.usage.open([Self.request(fixture, estimate: 2)], rules, at: now)
            #expect(warned.verdicts == [.warn(.dayTokens)] && warned.alerts.isEmpty)
            #expect(try await spend(50, stores) == [.stopped])
            let stopped = try await second.usage.open([Self.request(fixture)], rules, at: now)
            #expect(stopped.verdicts.first?.stop == BudgetStop(.dayTokens, until: rules.periods(at: now).dayEnd))
            #expect(stopped.alerts.isEmpty)
            #expect(try await Self.alerts(stores) == ["assistant.budget_stopped", "assistant.budget_warned"])
            // A budget that was raised is a new one; the next day begins at nothing.
            #expect(
                try await second.usage.open([Self.request(fixture)], Self.rules([.dayTokens: 140]), at: now).alerts
                    .map(\.level) == [.warned])
            fixture.clock.advance(.seconds(86_400))
            #expect(
                try await stores.usage.open([Self.request(fixture)], rules, at: fixture.clock.now).verdicts == [.go])
        }
    }

    @Test(arguments: Engine.allCases)
    func ofMoreThanABudgetHoldsOnlySoManyBegin(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let hubs = [stores, try await fixture.open(), try await fixture.open()]
            let (bound, estimate): (Int64, Int64) = (10_000, 100)
            let rules = Self.rules([.dayTokens: bound])
            let now = fixture.clock.now
            // 500 at once over three hubs, in batches as ledgers make them and one by one.
            let requests = (0..<500).map { _ in Self.request(fixture, estimate: estimate) }
            let admitted = try await withThrowingTaskGroup(of: [ModelRequest].self) { group in
                var rest = requests[...]
                var number = 0
                while !rest.isEmpty {
                    let batch = Array(rest.prefix(number.isMultiple(of: 3) ? 1 : 17))
                    rest = rest.dropFirst(batch.count)
                    let usage = hubs[number % hubs.count].usage
                    number += 1
                    group.addTask {
                        let verdicts = try await usage.open(batch, rules, at: now).verdicts
                        return zip(batch, verdicts).filter { $0.1.stop == nil }.map(\.0)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Int64(admitted.count) == bound / estimate, "each begins below the budget")
            let refused = try await stores.usage.open([Self.request(fixture)], rules, at: now).verdicts.first?.stop
            #expect(refused?.isHeld == true)
            #expect(try await Self.alerts(stores).isEmpty, "nothing is spent yet")
            // Each takes a fifth more than was reckoned: that is the whole excess.
            _ = try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, request) in admitted.enumerated() {
                    let usage = hubs[number % hubs.count].usage
                    group.addTask { _ = try await usage.settle([Self.took(request, 70, 50)], rules, at: now) }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.today(stores, fixture).tokens == bound * 6 / 5)
            #expect(try await Self.today(stores, fixture).heldTokens == 0)
            #expect(try await Self.alerts(stores).sorted() == ["assistant.budget_stopped", "assistant.budget_warned"])
        }
    }

    @Test(arguments: Engine.allCases)
    func aConversationHasItsOwnBudgetForEachCase(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (first, second) = (try await stores.makeVisitor(fixture), try await stores.makeVisitor(fixture))
            let rules = Self.rules([.conversationTokens: 100])
            let now = fixture.clock.now
            _ = try await stores.usage.settle(
                [Self.took(Self.request(fixture, in: first.room), 100, 0)], rules, at: now)
            func stop(_ visitor: Visitor) async throws -> BudgetStop? {
                try await stores.usage.verdict(for: ModelUse(.answer, in: visitor.room), rules, at: now).stop
            }
            #expect(try await stop(first) == BudgetStop(.conversationTokens, until: nil))
            #expect(try await stop(second) == nil)
            try await fixture.alter([
                "INSERT INTO routing_cases (room_id, number, phase, epoch) VALUES ('\(first.room.text)', 2, 'queued', 0)"
            ])
            #expect(try await stop(first) == nil, "a new case begins at nothing")
        }
    }

    @Test(arguments: Engine.allCases)
    func aCustomersRateHoldsOverTheirConversations(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (home, work) = (try await stores.makeVisitor(fixture), try await stores.makeVisitor(fixture))
            var contact = CRMContact(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            contact.name = "سارة"
            contact.setIdentities([home, work].compactMap { ContactIdentity(.visitor, $0.id.text) })
            _ = try await stores.contacts.add(contact, scope: .everything, fixture.writing())
            let stranger = try await stores.makeVisitor(fixture)
            let rules = Self.rules([.customerHour: 2])
            func begin(_ visitor: Visitor, _ hub: StoreSet) async throws -> Budget? {
                let request = Self.request(fixture, in: visitor.room, beginsAnswer: true)
                return try await hub.usage.open([request], rules, at: fixture.clock.now).verdicts[0].stop?.budget
            }
            #expect(try await begin(home, stores) == nil)
            #expect(try await begin(work, try await fixture.open()) == nil)
            #expect(try await begin(home, stores) == .customerHour)
            #expect(try await begin(work, stores) == .customerHour)
            #expect(try await begin(stranger, stores) == nil)
            let round = Self.request(fixture, in: home.room)
            #expect(try await stores.usage.open([round], rules, at: fixture.clock.now).verdicts == [.go])
            fixture.clock.advance(.seconds(3600))
            #expect(try await begin(home, stores) == nil, "the next hour")
        }
    }

    // MARK: What a dead hub left

    @Test(arguments: Engine.allCases)
    func whatADeadHubLeftTookItsEstimate(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let request = Self.request(fixture)
            _ = try await stores.usage.open([request], Self.rules, at: fixture.clock.now)
            let start = fixture.clock.now
            #expect(try await stores.usage.tidy(before: start, Self.rules, limit: 10) == 0, "it may live")
            fixture.clock.advance(.seconds(700))
            #expect(try await stores.usage.tidy(before: fixture.clock.now, Self.rules, limit: 10) == 1)
            #expect(try await Self.today(stores, fixture) == Spending(tokens: 100, cost: 150))
            _ = try await stores.usage.settle([Self.took(request, 1, 1)], Self.rules, at: fixture.clock.now)
            #expect(try await Self.today(stores, fixture).tokens == 100, "too late: it is counted")
            #expect(try await stores.usage.tidy(before: fixture.clock.now, Self.rules, limit: 10) == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func sumsOfCustomersAreForgottenAndOthersAreNot(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let request = Self.request(fixture, in: visitor.room, beginsAnswer: true)
            _ = try await stores.usage.open([request], Self.rules, at: fixture.clock.now)
            let day = Self.day(fixture)
            let before = try await fixture.query("SELECT scope FROM model_sums").count
            #expect(before == 6, "day, month, purpose, case, and the customer's hour and day")
            fixture.clock.advance(.seconds(4 * 86_400))
            // What is held is given back first.
            #expect(try await stores.usage.tidy(before: fixture.clock.now, Self.rules, limit: 10) == 1)
            #expect(try await stores.usage.tidy(before: fixture.clock.now, Self.rules, limit: 10) == 0)
            #expect(try await fixture.query("SELECT scope FROM model_sums").count == 4)
            #expect(try await stores.usage.spending(of: [day])[day]?.answers == 1)
        }
    }

    /// Sums are found by their key, and open requests by an index: neither walks through years of rows.
    @Test func theLedgersQueriesUseTheirIndexes() async throws {
        try await StoreFixture.withStores(.sqlite) { stores, fixture in
            func plan(_ query: String) async throws -> String {
                try await fixture.query("EXPLAIN QUERY PLAN \(query)").map { "\($0)" }.joined(separator: "\n")
            }
            let sums = try await plan("SELECT tokens FROM model_sums WHERE scope = 'shop' AND period = 'd2026-11-21'")
            #expect(sums.contains("SEARCH") && !sums.contains("SCAN"))
            let open = try await plan(
                "SELECT id FROM model_usage WHERE is_open = 1 AND at_ms < 5 ORDER BY at_ms LIMIT 9")
            #expect(open.contains("model_usage_open"))
            let room = try await plan("SELECT id FROM model_usage WHERE room_id = 'r' ORDER BY at_ms DESC LIMIT 9")
            #expect(room.contains("model_usage_room"))
        }
    }
}
