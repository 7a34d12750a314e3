import Domain
import Testing

@testable import Storage

@Suite struct IntegrationStoreTests {
    static let sealed = SealedSecret(
        "v1|A256GCM|local:k1|\(Base64URL.encode(Array(repeating: 7, count: 60)))|\(Base64URL.encode(Array(repeating: 1, count: 12)))|\(Base64URL.encode(Array(repeating: 2, count: 20)))"
    )

    @Test(arguments: Engine.allCases)
    func aConfigurationLives(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let store = stores.integrations
            let now = fixture.clock.now
            let sealed = try #require(Self.sealed)
            #expect(try await store.config(.zid) == nil)
            let made = try await store.keep(.zid, expected: 0, fixture.writing()) { config in
                config.values = ["store_id": "12"]
                config.secrets["manager_token"] = .init(sealed: sealed, changedAt: now)
            }
            #expect(made.version == 1 && made.isEnabled)
            #expect(try await store.config(.zid) == made)
            #expect(try await store.configs() == [made])
            #expect(try await store.versions() == [.zid: 1])
            let changed = try await store.keep(.zid, expected: 1, fixture.writing()) { config in
                config.isEnabled = false
                config.secrets["authorization_token"] = config.secrets.removeValue(forKey: "manager_token")
            }
            #expect(changed.version == 2 && changed.id == made.id)
            #expect(try await store.config(.zid) == changed)
            #expect(try await store.versions() == [.zid: 2])
            let stale = try await code {
                _ = try await store.keep(.zid, expected: 1, fixture.writing()) { $0.values = [:] }
            }
            #expect(stale == .stale)
            #expect(try await store.config(.slack) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func twoWhoMakeItAtOnceMakeOne(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let writings: [Writing<IntegrationConfig>] = (0..<4).map { _ in fixture.writing() }
            let ids = try await withThrowingTaskGroup(of: IntegrationID.self) { group in
                for (number, writing) in writings.enumerated() {
                    group.addTask {
                        try await stores.integrations.keep(.slack, expected: nil, writing) { config in
                            config.values = ["channel": "#\(number)"]
                        }.id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await stores.integrations.config(.slack)?.version == 4)
        }
    }

    @Test(arguments: Engine.allCases)
    func theAuditLogHoldsNoSecret(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sealed = try #require(Self.sealed)
            let now = fixture.clock.now
            _ = try await stores.integrations.keep(.zid, expected: nil, fixture.writing()) { config in
                config.secrets["manager_token"] = .init(sealed: sealed, changedAt: now)
            }
            let entries = try await stores.archive.entries(
                ListRequest(filter: AuditFilter(), order: AuditSort.usual, limit: 10)
            ).items
            let entry = try #require(entries.first { $0.event.action == "integration.changed" })
            #expect(entry.event.after?["secrets"]?["manager_token"]?.string?.hasPrefix("set ") == true)
            #expect(!"\(entry)".contains("A256GCM"))
        }
    }

    @Test(arguments: Engine.allCases)
    func testsAreKeptTheNewestFirst(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let outcomes: [StatusFinding.Outcome] = [.unreachable, .badCredential, .ok]
            for outcome in outcomes {
                let test = IntegrationTest(
                    id: .make(at: fixture.clock.now), type: .zid, config: nil, trigger: .manual,
                    finding: StatusFinding(outcome, StatusMessage(ar: "رسالة", en: "Message")),
                    latency: .milliseconds(12), at: fixture.clock.now, by: .system)
                try await stores.integrations.record(test)
                #expect(try await stores.integrations.tests(of: .zid, limit: 1) == [test])
                fixture.clock.advance(.seconds(1))
            }
            let found = try await stores.integrations.tests(of: .zid, limit: 10)
            #expect(found.map(\.finding.outcome) == outcomes.reversed())
            #expect(try await stores.integrations.tests(of: .slack, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func checksByTheClockAreTracedWhenTheyFindSomethingNew(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for outcome in [StatusFinding.Outcome.ok, .ok, .unreachable, .unreachable, .ok] {
                let test = IntegrationTest(
                    id: .make(at: fixture.clock.now), type: .zid, config: nil, trigger: .scheduled,
                    finding: StatusFinding(outcome, StatusMessage(ar: "رسالة", en: "Message")),
                    latency: .milliseconds(12), at: fixture.clock.now, by: .system)
                try await stores.integrations.record(test)
                fixture.clock.advance(.seconds(1))
            }
            #expect(try await stores.integrations.tests(of: .zid, limit: 10).count == 5)
            let traces = try await stores.archive.entries(
                ListRequest(filter: AuditFilter(), order: AuditSort.usual, limit: 10)
            ).items
            #expect(traces.count == 3)
            #expect(try await stores.alerts.tidy(before: fixture.clock.now, limit: 10) == 5)
            #expect(try await stores.integrations.tests(of: .zid, limit: 10).isEmpty)
        }
    }
}
