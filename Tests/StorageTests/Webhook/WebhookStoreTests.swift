import Domain
import Testing

@testable import Storage

/// Deliveries of webhooks: kept, taken up by one hub at a time, finished once.
@Suite struct WebhookStoreTests {
    private static let lease = Duration.seconds(30)

    private static func body(_ number: Int) -> [UInt8] { Array(#"{"n":\#(number)}"#.utf8) }

    @Test(arguments: Engine.allCases)
    func theSameBytesAreOneDelivery(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let bodies: [[UInt8]] = [Self.body(1), [0xFF, 0x00, 0xC3], Array("مرحبا".utf8), []]
            for body in bodies {
                #expect(try await stores.webhooks.add(.whatsapp, body: body, at: fixture.clock.now))
                #expect(try await !stores.webhooks.add(.whatsapp, body: body, at: fixture.clock.now))
                fixture.clock.advance()
            }
            let claimed = try await stores.webhooks.claim(
                .whatsapp, limit: 10, at: fixture.clock.now, lease: Self.lease)
            #expect(claimed.map(\.body) == bodies)
            #expect(claimed.allSatisfy { $0.attempts == 1 })
        }
    }

    @Test(arguments: Engine.allCases)
    func oneHubAtATimeHasADelivery(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            for number in 0..<40 {
                _ = try await stores.webhooks.add(.whatsapp, body: Self.body(number), at: fixture.clock.now)
            }
            let now = fixture.clock.now
            let claimed = try await withThrowingTaskGroup(of: [WebhookEvent].self) { group in
                for index in 0..<8 {
                    let hub = index.isMultiple(of: 2) ? stores : other
                    group.addTask { try await hub.webhooks.claim(.whatsapp, limit: 5, at: now, lease: Self.lease) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 40 && Set(claimed.map(\.id)).count == 40)
            // Whoever had them died: after the lease they are taken up again.
            #expect(try await other.webhooks.claim(.whatsapp, limit: 50, at: now, lease: Self.lease).isEmpty)
            let later = try await other.webhooks.claim(
                .whatsapp, limit: 50, at: now + Self.lease, lease: Self.lease)
            #expect(later.count == 40 && later.allSatisfy { $0.attempts == 2 })
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsFinishedStaysFinished(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            _ = try await stores.webhooks.add(.whatsapp, body: Self.body(1), at: now)
            let id = try await stores.webhooks.claim(.whatsapp, limit: 1, at: now, lease: Self.lease)[0].id
            let trace = AuditEvent("whatsapp.account_update", AuditSubject(kind: "whatsapp_account", id: "1"))
            let left = WebhookLeftover(
                event: id, place: 3, item: ["a": 1], state: .waiting(for: "wamid.1"), reason: "r", receivedAt: now)
            for _ in 0..<2 {
                try await stores.webhooks.finish([id], leaving: [left], tracing: [id: [trace]], at: now)
            }
            #expect(try await fixture.query("SELECT seq FROM audit_logs").count == 1)
            #expect(
                try await stores.webhooks.counts(.whatsapp)
                    == WebhookCounts(new: 0, parked: 0, waitingItems: 1, parkedItems: 0))
            try await stores.webhooks.postpone(id, until: now, because: "late")
            try await stores.webhooks.park(id, because: "late")
            #expect(try await stores.webhooks.claim(.whatsapp, limit: 1, at: now, lease: Self.lease).isEmpty)
            #expect(try await !stores.webhooks.add(.whatsapp, body: Self.body(1), at: now))
        }
    }

    @Test(arguments: Engine.allCases)
    func anItemIsTakenUpWhenItsMessageIsKnown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            _ = try await stores.webhooks.add(.whatsapp, body: Self.body(1), at: now)
            let id = try await stores.webhooks.claim(.whatsapp, limit: 1, at: now, lease: Self.lease)[0].id
            let left = WebhookLeftover(
                event: id, place: 0, item: ["a": 1], state: .waiting(for: "wamid.1"), reason: "r", receivedAt: now)
            try await stores.webhooks.finish([id], leaving: [left], tracing: [:], at: now)
            func claim() async throws -> [WebhookLeftover] {
                try await stores.webhooks.claimLeftovers(.whatsapp, limit: 9, at: now, lease: Self.lease)
            }
            #expect(try await claim().isEmpty)
            let visitor = try await stores.makeVisitor(fixture)
            let origin = MessageOrigin(id: "wamid.1", sentAt: now)
            try await stores.append(visitor.room, Samples.text("a", by: Samples.sara, mid: "1", origin: origin))
            let claimed = try await claim()
            #expect(claimed.map(\.item) == [["a": 1]] && claimed[0].attempts == 1)
            #expect(try await claim().isEmpty, "it is leased")
            try await stores.webhooks.finish(claimed[0])
            #expect(try await stores.webhooks.counts(.whatsapp).waitingItems == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func oldDeliveriesAreForgottenAndVainWaitingIsShown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            for number in 0..<3 {
                _ = try await stores.webhooks.add(.whatsapp, body: Self.body(number), at: now)
            }
            let ids = try await stores.webhooks.claim(.whatsapp, limit: 2, at: now, lease: Self.lease).map(\.id)
            let left = WebhookLeftover(
                event: ids[0], place: 0, item: [:], state: .waiting(for: "wamid.1"), reason: "r", receivedAt: now)
            try await stores.webhooks.finish(ids, leaving: [left], tracing: [:], at: now)
            #expect(try await stores.webhooks.tidy(before: now, limit: 10) == 0)
            #expect(try await stores.webhooks.tidy(before: now + .seconds(1), limit: 10) == 2)
            #expect(
                try await stores.webhooks.counts(.whatsapp)
                    == WebhookCounts(new: 1, parked: 0, waitingItems: 0, parkedItems: 1))
        }
    }

    @Test(arguments: Engine.allCases)
    func whatTheAddressSaidIsKeptAndTellsDeliveriesApart(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            for (about, isNew) in [("o_1", true), ("o_2", true), ("o_1", false)] {
                let added = try await stores.webhooks.add(.twilio, body: Self.body(1), about: about, at: now)
                #expect(added == isNew)
            }
            let claimed = try await stores.webhooks.claim(.twilio, limit: 9, at: now, lease: .seconds(9))
            #expect(Set(claimed.map(\.about)) == ["o_1", "o_2"] && claimed.allSatisfy { $0.body == Self.body(1) })
            #expect(try await stores.webhooks.claim(.whatsapp, limit: 9, at: now, lease: .seconds(9)) == [])
        }
    }
}
