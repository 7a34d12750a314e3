import Domain
import Testing

@testable import Storage

@Suite struct HookStoreTests {
    /// Three deliveries, of which the first arrived, the second failed and the third waits.
    private func delivered(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> [HookDelivery] {
        let visitor = try await stores.makeVisitor(fixture)
        for number in 0..<3 {
            fixture.clock.advance()
            try await stores.append(
                visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
            try await stores.plan(fixture)
        }
        let taken = try await stores.takeHooks(fixture, usual: 2)
        try await stores.endHook(taken[0], .answered(status: 200, retryAfter: nil), fixture)
        _ = try await stores.outbox.change(taken[1].id) {
            $0 = .failed(OutboxProblem(StatusMessage(ar: "", en: "")), at: $0.createdAt)
        }
        return try await stores.hookDeliveries()
    }

    @Test(arguments: Engine.allCases)
    func anEndpointLives(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let made = try await stores.listen(fixture, to: [.orderPaid, .dealWon])
            #expect(try await stores.hooks.endpoint(made.id) == made)
            let changed = try await stores.hooks.change(made.id, expected: 1, fixture.writing()) {
                $0.description = "المخزن"
            }
            #expect(changed.version == 2 && changed.types == [.orderPaid, .dealWon])
            await #expect(throws: HubError.stale) {
                _ = try await stores.hooks.change(made.id, expected: 1, fixture.writing()) { $0.description = nil }
            }
            let page = try await stores.hooks.endpoints(
                ListRequest(filter: HookEndpointFilter(), order: HookEndpointSort.usual, limit: 1))
            #expect(page.items == [changed] && page.next == nil)
            try await stores.hooks.remove(made.id, expected: 2, fixture.writing())
            #expect(try await stores.hooks.endpoint(made.id) == nil)
            #expect(try await fixture.query("SELECT 1 FROM hook_secrets").isEmpty)
            let actions = try await fixture.query("SELECT action FROM audit_logs ORDER BY seq").map { "\($0.values)" }
            #expect(actions.count == 3 && actions.allSatisfy { $0.contains("webhook_endpoint.") })
        }
    }

    @Test(arguments: Engine.allCases)
    func thereAreNoMoreThanThereMayBe(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await stores.listen(fixture)
            let url = try #require(OutboundURL("https://shop.example/"))
            let another = HookEndpoint(id: .make(at: fixture.clock.now), url: url, at: fixture.clock.now)
            await #expect(throws: HubError.self) {
                _ = try await stores.hooks.add(another, try StoreSet.hookSecret, max: 1, fixture.writing())
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func anOldSecretSignsForAWhile(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture)
            let ping = try await stores.hooks.ping(endpoint.id, maxBodyBytes: 65_536, fixture.writing())
            func secrets() async throws -> [HookSecretID] {
                try #require(try await stores.hookFeed.letter(ping.id, at: fixture.clock.now)).secrets.map(\.id)
            }
            let first = try #require(try await secrets().first)
            let second = try StoreSet.hookSecret
            let rotated = try await stores.hooks.rotate(
                endpoint.id, to: second, oldUntil: fixture.clock.now + .seconds(60), expected: 1, fixture.writing())
            #expect(rotated.version == 2 && rotated.oldSecretUntil == fixture.clock.now + .seconds(60))
            #expect(try await secrets() == [second.id, first])
            fixture.clock.advance(.seconds(60))
            #expect(try await secrets() == [second.id])
            let third = try StoreSet.hookSecret
            _ = try await stores.hooks.rotate(
                endpoint.id, to: third, oldUntil: fixture.clock.now, expected: nil, fixture.writing())
            #expect(try await secrets() == [third.id], "a leaked one ends at once")
            #expect(try await fixture.query("SELECT 1 FROM hook_secrets").count <= 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func aReplayKeepsTheEvent(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await stores.listen(fixture, to: [.messageCreated])
            let deliveries = try await delivered(stores, fixture)
            #expect(deliveries.map(\.state) == [.delivered, .failed, .pending])
            let body = try #require(try await stores.hooks.delivery(deliveries[0].id)).body
            let again = try await stores.hooks.replay(deliveries[0].id, fixture.writing())
            #expect(again.state == .pending && again.replays == 1 && again.event == deliveries[0].event)
            #expect(try #require(try await stores.hooks.delivery(again.id)).body == body)
            let hurried = try await stores.hooks.replay(deliveries[2].id, fixture.writing())
            #expect(hurried.state == .pending, "what waits is tried at once")
            #expect(try await stores.takeHooks(fixture).count == 2)
            await #expect(throws: HubError.self, "it is on its way") {
                _ = try await stores.hooks.replay(deliveries[0].id, fixture.writing())
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func allThatFailedSinceATimeIsOwedAgain(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture, to: [.messageCreated])
            let deliveries = try await delivered(stores, fixture)
            let since = deliveries[0].createdAt
            let replay = try await stores.hooks.replay(endpoint.id, since: since, limit: 10, fixture.writing())
            #expect(replay == HookReplay(count: 1, isMore: false))
            #expect(try await stores.hookDeliveries().map(\.state) == [.delivered, .pending, .pending])
            let none = try await stores.hooks.replay(
                endpoint.id, since: deliveries[2].createdAt, limit: 10, fixture.writing())
            #expect(none.count == 0)
            let now = fixture.clock.now
            _ = try await stores.hooks.change(endpoint.id, expected: nil, fixture.writing()) {
                $0.turn(on: false, at: now)
            }
            #expect(try await stores.hookDeliveries { $0.state = .cancelled }.count == 2)
            await #expect(throws: HubError.self) {
                _ = try await stores.hooks.replay(endpoint.id, since: since, limit: 10, fixture.writing())
            }
            _ = try await stores.hooks.change(endpoint.id, expected: nil, fixture.writing()) {
                $0.turn(on: true, at: now)
            }
            let some = try await stores.hooks.replay(endpoint.id, since: since, limit: 1, fixture.writing())
            #expect(some == HookReplay(count: 1, isMore: true))
        }
    }

    @Test(arguments: Engine.allCases)
    func aListIsNarrowedDown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture, to: [.messageCreated])
            let all = try await delivered(stores, fixture)
            #expect(try await stores.hookDeliveries { $0.endpoint = endpoint.id }.count == 3)
            #expect(try await stores.hookDeliveries { $0.endpoint = .make(at: fixture.clock.now) }.isEmpty)
            #expect(try await stores.hookDeliveries { $0.type = .orderPaid }.isEmpty)
            for (state, place) in [(HookDelivery.State.delivered, 0), (.failed, 1), (.pending, 2)] {
                #expect(try await stores.hookDeliveries { $0.state = state }.map(\.id) == [all[place].id])
            }
            #expect(try await stores.hookDeliveries { $0.from = all[1].createdAt }.count == 2)
            #expect(try await stores.hookDeliveries { $0.before = all[1].createdAt }.count == 1)
            #expect(all[0].attempts.first?.status == 200 && all[0].attempts.first?.took == .milliseconds(12))
        }
    }
}
