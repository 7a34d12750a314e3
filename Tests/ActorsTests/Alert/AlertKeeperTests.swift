import Domain
import HubTestKit
import Integrations
import Logging
import Storage
import Synchronization
import Testing

@testable import Actors

/// Keepers of two hubs over one database, on a clock and a disk that the test holds.
@Suite struct AlertKeeperTests {
    private static let gigabyte: Int64 = 1024 * 1024 * 1024
    private static let logger = Logger(label: "alerts") { _ in SwiftLogNoOpLogHandler() }
    private static let disk = AlertKey(.freeDisk, "shop:8080")

    private struct Watch {
        let keeper: AlertKeeper
        var window = RequestWindow(AlertBounds().errorWindow)

        mutating func look() async throws { try await keeper.look(&window) }
    }

    private final class World: Sendable {
        let clock = ManualClock()
        let freeBytes = Mutex<Int64?>(100 * gigabyte)
        let requests = Mutex(RequestTotals())
        let outlets = Replaceable(AlertOutlets(hasSlack: true))
        let secret: MasterSecret

        init() throws { secret = try MasterSecret(base64: MasterSecret.makeBase64()) }
    }

    private static func watch(_ hub: TestHub, _ world: World, quiet: QuietHours? = nil) async throws -> Watch {
        let now: @Sendable () -> Timestamp = { world.clock.now }
        let stores = hub.stores
        let keys = DataKeys(Keyring(active: LocalKeyProvider(active: world.secret)), now: now)
        let checks = ServiceChecks(
            OutboundClient(OutboundRules(allowed: [])),
            mail: MailCheck(url: nil, mailboxes: 0, timeout: .seconds(1)), timeout: .seconds(1))
        let integrations = IntegrationDesk(
            store: stores.integrations, vault: try await VaultDoor(store: stores.indexKey, keys: keys).open(),
            environment: [:], checks: checks, traffic: stores.traffic, timeout: .seconds(1), now: now)
        var settings = AlertSettings()
        settings.quiet = quiet
        settings.outlets = world.outlets.live
        return Watch(
            keeper: AlertKeeper(
                store: stores.alerts,
                sight: AlertSight(
                    integrations: integrations,
                    traffic: stores.traffic,
                    hooks: stores.hookFeed,
                    local: AlertSight.Local(
                        name: "shop:8080",
                        freeBytes: { world.freeBytes.withLock { $0 } },
                        requests: { world.requests.withLock { $0 } }
                    ),
                    bounds: settings.bounds,
                    logger: logger
                ),
                integrations: integrations,
                gateway: hub.directory,
                hours: HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()),
                bell: WakeUps(),
                settings: settings,
                now: now,
                logger: logger
            ))
    }

    /// What left for Slack and mailboxes so far, in the order of time.
    private static func owed(_ stores: StoreSet, _ world: World) async throws -> [OutboxEntry] {
        try await stores.outbox.claim(limit: 100, without: [], at: world.clock.now, OutboxLimits())
    }

    private static func open(_ stores: StoreSet, _ key: AlertKey = disk) async throws -> AlertIncident? {
        try await stores.alerts.open().first { $0.key == key }
    }

    private static func notes(_ stores: StoreSet) async throws -> Int64 {
        try await stores.rooms.room(.alerts)?.head.value ?? 0
    }

    @Test func whatStaysBadIsToldOnceAndThatItIsOverOnce() async throws {
        try await ActorsFixture.with { fixture in
            let world = try World()
            let hubs = [try await fixture.hub(), try await fixture.hub()]
            var (one, other) = (try await Self.watch(hubs[0], world), try await Self.watch(hubs[1], world))
            let stores = hubs[0].stores
            try await one.look()
            #expect(try await Self.open(stores) == nil, "all is well")

            world.freeBytes.withLock { $0 = Self.gigabyte }
            try await one.look()
            try await other.look()
            #expect(try await Self.open(stores)?.state == .pending)
            #expect(try await Self.notes(stores) == 0, "it may pass")
            world.clock.advance(AlertPolicy().hold)
            for _ in 0..<3 {
                try await one.look()
                try await other.look()
            }
            #expect(try await Self.open(stores)?.state == .firing)
            let first = try await Self.owed(stores, world)
            #expect(first.map(\.lane) == [.slack] && Self.text(of: first.first).hasPrefix("🔴"))
            #expect(try await Self.notes(stores) == 1)

            world.freeBytes.withLock { $0 = 50 * Self.gigabyte }
            try await other.look()
            world.clock.advance(AlertPolicy().calm)
            for _ in 0..<3 {
                try await other.look()
                try await one.look()
            }
            #expect(try await Self.open(stores) == nil)
            #expect(try await Self.notes(stores) == 2)
        }
    }

    @Test func whatPassesTellsNobody() async throws {
        try await ActorsFixture.withHub { hub in
            let world = try World()
            var watch = try await Self.watch(hub, world)
            world.freeBytes.withLock { $0 = 0 }
            try await watch.look()
            world.freeBytes.withLock { $0 = 50 * Self.gigabyte }
            try await watch.look()
            world.clock.advance(.seconds(3600))
            try await watch.look()
            #expect(try await Self.open(hub.stores) == nil)
            #expect(try await Self.owed(hub.stores, world).isEmpty)
        }
    }

    /// A disk that cannot be looked at is neither full nor empty.
    @Test func notKnowingIsNoRecovery() async throws {
        try await ActorsFixture.withHub { hub in
            let world = try World()
            var watch = try await Self.watch(hub, world)
            world.freeBytes.withLock { $0 = 0 }
            try await watch.look()
            world.clock.advance(AlertPolicy().hold)
            try await watch.look()
            world.freeBytes.withLock { $0 = nil }
            world.clock.advance(AlertPolicy().calm)
            try await watch.look()
            #expect(try await Self.open(hub.stores)?.state == .firing)
            // Nobody heard of this hub's disk for an hour: it is gone.
            world.clock.advance(AlertPolicy().lifetime)
            try await watch.look()
            world.clock.advance(AlertPolicy().calm)
            try await watch.look()
            #expect(try await Self.open(hub.stores) == nil)
        }
    }

    @Test func quietHoursHoldBackWhatIsNotUrgent() async throws {
        try await ActorsFixture.withHub { hub in
            let world = try World()
            // All day but for a minute that the test does not meet.
            let quiet = try #require(QuietHours(Self.allDay(at: world.clock.now)))
            var (night, day) = (try await Self.watch(hub, world, quiet: quiet), try await Self.watch(hub, world))
            let stores = hub.stores
            let old = world.clock.now - .seconds(7200)
            try await stores.outbox.add([
                OutboxEntry(
                    id: .make(at: old), lane: .sms(to: "+966500000001"), order: 1, content: .slack(SlackPost("x")),
                    at: old)
            ])
            try await night.look()
            world.clock.advance(AlertPolicy().hold)
            try await night.look()
            let queue = AlertKey(.outboxQueue, "sms")
            #expect(try await Self.open(stores, queue)?.state == .firing)
            #expect(try await Self.notes(stores) == 0, "nobody is woken for it")
            world.freeBytes.withLock { $0 = 0 }
            try await night.look()
            world.clock.advance(AlertPolicy().hold)
            try await night.look()
            #expect(try await Self.notes(stores) == 1, "a full disk waits for no morning")
            try await day.look()
            #expect(try await Self.notes(stores) == 2)
            #expect(try await Self.open(stores, queue)?.toldFiringAt == world.clock.now)
        }
    }

    @Test func failedRequestsAreCountedOverTheirWindow() async throws {
        try await ActorsFixture.withHub { hub in
            let world = try World()
            var watch = try await Self.watch(hub, world)
            try await watch.look()
            world.requests.withLock { $0 = RequestTotals(all: 100, failed: 50) }
            try await watch.look()
            let key = AlertKey(.errorRate, "shop:8080")
            #expect(try await Self.open(hub.stores, key)?.state == .pending)
            world.clock.advance(AlertBounds().errorWindow)
            try await watch.look()
            world.clock.advance(.seconds(1))
            try await watch.look()
            #expect(try await Self.open(hub.stores, key)?.firedAt == nil, "they lie behind the window")
        }
    }

    /// Slack and mailboxes are asked for when something is told, so what is connected meanwhile hears of it.
    @Test func whatIsConnectedMeanwhileIsTold() async throws {
        try await ActorsFixture.withHub { hub in
            let world = try World()
            world.outlets.replace(with: AlertOutlets(hasSlack: false))
            var watch = try await Self.watch(hub, world)
            world.freeBytes.withLock { $0 = 0 }
            try await watch.look()
            let shop = try #require(EmailAddress("shop@shop.example"))
            let people = ["a@shop.example", "b@shop.example"].compactMap(EmailAddress.init)
            world.outlets.replace(with: AlertOutlets(hasSlack: true, mailbox: shop, recipients: people))
            world.clock.advance(AlertPolicy().hold)
            try await watch.look()
            let lanes = try await Self.owed(hub.stores, world).map(\.lane)
            #expect(Set(lanes.map(\.recipient)) == ["alerts", "a@shop.example", "b@shop.example"])
            #expect(Set(lanes.map(\.number)) == ["slack", "shop@shop.example"])
        }
    }

    @Test func aConnectedServiceIsTestedWhenItIsDueByOneHub() async throws {
        try await ActorsFixture.with { fixture in
            let world = try World()
            let hubs = [try await fixture.hub(), try await fixture.hub()]
            let keepers = [try await Self.watch(hubs[0], world).keeper, try await Self.watch(hubs[1], world).keeper]
            let stores = hubs[0].stores
            func tests() async throws -> Int { try await stores.integrations.tests(of: .seha, limit: 10).count }
            func store(isEnabled: Bool) async throws {
                _ = try await stores.integrations.keep(
                    .seha, expected: nil, Writing(by: .system, at: world.clock.now)
                ) { config in
                    config.isEnabled = isEnabled
                    // Nothing of it can be reached, and nothing of it is a secret.
                    config.values = ["api_url": "https://127.0.0.1:1", "api_key": "x", "facility_id": "1"]
                }
            }
            try await store(isEnabled: true)
            for keeper in keepers { try await keeper.check(.seha) }
            #expect(try await tests() == 0, "it is due after the first pause")
            for round in 1...2 {
                world.clock.advance(AlertSettings().checkInterval)
                for keeper in keepers { try await keeper.check(.seha) }
                #expect(try await tests() == round)
            }
            try await store(isEnabled: false)
            world.clock.advance(AlertSettings().checkInterval)
            for keeper in keepers { try await keeper.check(.seha) }
            #expect(try await tests() == 2, "what is turned off is not asked")
        }
    }

    private static func text(of entry: OutboxEntry?) -> String {
        guard case .slack(let post) = entry?.content else { return "" }
        return post.text
    }

    /// From an hour before the time of day in Riyadh for twenty hours.
    private static func allDay(at moment: Timestamp) -> String {
        let minute = Int(moment.milliseconds / 60_000 + 3 * 60) % 1440
        func clock(_ minute: Int) -> String {
            let (hours, minutes) = ((minute % 1440) / 60, minute % 60)
            return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
        }
        return "\(clock(minute + 1440 - 60))-\(clock(minute + 19 * 60))"
    }
}
