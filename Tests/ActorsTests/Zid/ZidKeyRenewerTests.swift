import Domain
import HubTestKit
import Integrations
import Logging
import Storage
import Synchronization
import Testing

@testable import Actors

/// Two hubs over one database, and Zid's OAuth as a closure.
@Suite struct ZidKeyRenewerTests {
    /// Answers as the test says, and keeps what it was shown.
    private final class Issuer: ZidKeyIssuer {
        private let shown = Mutex<[String]>([])
        private let answer: Mutex<@Sendable (Int) async -> ZidGrantAnswer>

        init(_ answer: @escaping @Sendable (Int) async -> ZidGrantAnswer) { self.answer = Mutex(answer) }

        var refreshTokens: [String] { shown.withLock { $0 } }

        func exchange(_ grant: ZidGrant) async -> ZidGrantAnswer {
            let number = shown.withLock { shown in
                shown.append(grant.form["refresh_token"] ?? "")
                return shown.count
            }
            return await answer.withLock { $0 }(number)
        }

        /// The keys of the n-th renewal, which are good for a year.
        static func keys(_ number: Int) throws -> ZidGrantAnswer {
            let json: JSONValue = [
                "access_token": .string("m\(number)"), "Authorization": .string("a\(number)"),
                "refresh_token": .string("r\(number)"), "expires_in": 31_536_000,
            ]
            guard let keys = ZidNewKeys(json: json, at: .present) else { throw HubError(.internal, "no keys") }
            return .keys(keys)
        }
    }

    private struct Hub {
        let stores: StoreSet
        let desk: IntegrationDesk
        let bell: ZidRenewalBell
        let renewer: ZidKeyRenewer

        func takeUp() async throws { try await desk.takeUp(.zid) { _ in } }

        /// As one look after another does, with what is stored.
        func look() async throws {
            try await takeUp()
            try await renewer.look()
            try await takeUp()
        }

        func value(_ name: String) async throws -> String? { try await desk.basis(of: .zid).stored[name] }
    }

    private static let logger = Logger(label: "renewer") { _ in SwiftLogNoOpLogHandler() }

    private static func hub(_ stores: StoreSet, _ secret: MasterSecret, _ issuer: Issuer) async throws -> Hub {
        let now: @Sendable () -> Timestamp = { .present }
        let keys = DataKeys(Keyring(active: LocalKeyProvider(active: secret)), now: now)
        let vault = try await VaultDoor(store: stores.indexKey, keys: keys).open()
        let checks = ServiceChecks(
            OutboundClient(OutboundRules(allowed: [])),
            mail: MailCheck(url: nil, mailboxes: 0, timeout: .seconds(1)), timeout: .seconds(1))
        let desk = IntegrationDesk(
            store: stores.integrations, vault: vault, environment: [:], checks: checks, traffic: stores.traffic,
            upkeep: ZidUpkeepSight(stores.zidUpkeep, address: nil, now: now), timeout: .seconds(1), now: now)
        let bell = ZidRenewalBell()
        let renewer = ZidKeyRenewer(
            desk: desk, upkeep: stores.zidUpkeep, issuer: issuer, bell: bell, rules: ZidUpkeepRules(), now: now,
            logger: logger)
        return Hub(stores: stores, desk: desk, bell: bell, renewer: renewer)
    }

    private static func with(_ issuer: Issuer, _ body: ([Hub]) async throws -> Void) async throws {
        try await ActorsFixture.with { fixture in
            let secret = try MasterSecret(base64: MasterSecret.makeBase64())
            let stores = try await fixture.open()
            _ = try await stores.migrator.up()
            try await body([
                try await hub(stores, secret, issuer), try await hub(try await fixture.open(), secret, issuer),
            ])
        }
    }

    private static let values = [
        "authorization_token": "a0", "manager_token": "m0", "refresh_token": "r0", "client_id": "48",
        "client_secret": "secret",
    ]

    private static func keep(_ values: [String: String], _ hub: Hub) async throws {
        _ = try await hub.desk.keep(
            try IntegrationEdit(values, for: .zid), for: .zid, isEnabled: true, expected: nil,
            Writing(by: .system, at: .present))
    }

    /// What an owner's page sends back: masks, and one change.
    private static func page(_ hub: Hub, _ change: [String: String]) async throws -> [String: String] {
        let lines = try await hub.desk.view(of: .zid).lines.filter { $0.source == .stored }
        let shown = lines.reduce(into: [String: String]()) { $0[$1.field.name] = $1.value }
        return shown.merging(change) { $1 }
    }

    @Test func newKeysAreStoredWithTheirEndAndOnlyOnce() async throws {
        let issuer = Issuer { number in (try? Issuer.keys(number)) ?? .no(.grantRefused) }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            for _ in 0..<3 { for hub in hubs { try await hub.look() } }
            #expect(issuer.refreshTokens == ["r0"], "they are good for a year now")
            let basis = try await hubs[1].desk.basis(of: .zid)
            #expect(basis.stored["manager_token"] == "m1" && basis.stored["authorization_token"] == "a1")
            #expect(basis.stored["refresh_token"] == "r1" && basis.stored[ZidKeyLife.endField] != nil)
            let note = try #require(try await hubs[1].desk.view(of: .zid).upkeep.first)
            #expect(note.state == .good && note.at != nil)
        }
    }

    @Test func ofHubsThatLookAtOnceOneAsks() async throws {
        let issuer = Issuer { number in
            try? await Task.sleep(for: .milliseconds(30))
            return (try? Issuer.keys(number)) ?? .no(.grantRefused)
        }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            for hub in hubs { try await hub.takeUp() }
            try await withThrowingTaskGroup { group in
                for hub in hubs { for _ in 0..<4 { group.addTask { try await hub.renewer.look() } } }
                try await group.waitForAll()
            }
            #expect(issuer.refreshTokens == ["r0"])
            #expect(try await hubs[1].value("refresh_token") == "r1")
        }
    }

    @Test func whatAnOwnerSavesMeanwhileStaysAndSoDoTheKeys() async throws {
        let saved = Mutex<(@Sendable () async throws -> Void)?>(nil)
        let issuer = Issuer { number in
            // While Zid thinks, the owner saves the page that was opened before.
            if let save = saved.withLock({ $0 }) { try? await save() }
            return (try? Issuer.keys(number)) ?? .no(.grantRefused)
        }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            let page = try await Self.page(hubs[1], ["stock_owner": "hub"])
            let other = hubs[1]
            saved.withLock { $0 = { try await Self.keep(page, other) } }
            try await hubs[0].look()
            #expect(try await other.value("stock_owner") == "hub")
            #expect(try await other.value("manager_token") == "m1")
            #expect(try await other.value("refresh_token") == "r1")
            // The same page sent after the renewal: its masks are of the keys before.
            saved.withLock { $0 = nil }
            try await Self.keep(page.merging(["stock_owner": "zid"]) { $1 }, other)
            #expect(try await other.value("manager_token") == "m1")
            #expect(try await other.value("stock_owner") == "zid")
            #expect(try await other.value(ZidKeyLife.endField) != nil)
        }
    }

    @Test func keysThatAnOwnerStoresMeanwhileAreTheirs() async throws {
        let saved = Mutex<(@Sendable () async throws -> Void)?>(nil)
        let issuer = Issuer { number in
            let save = saved.withLock { saved in
                defer { saved = nil }
                return saved
            }
            if let save { try? await save() }
            return (try? Issuer.keys(number)) ?? .no(.grantRefused)
        }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            let theirs = Self.values.merging(
                ["authorization_token": "a-new", "manager_token": "m-new", "refresh_token": "r-new"]) { $1 }
            let other = hubs[1]
            saved.withLock { $0 = { try await Self.keep(theirs, other) } }
            try await hubs[0].look()
            #expect(try await other.value("manager_token") == "m-new")
            #expect(try await other.value("refresh_token") == "r-new")
            // And those are renewed in their turn.
            try await hubs[0].look()
            #expect(issuer.refreshTokens == ["r0", "r-new"])
            #expect(try await other.value("manager_token") == "m2")
        }
    }

    @Test func whatIsGivenUpIsToldAndWaitsForItsOwner() async throws {
        let issuer = Issuer { number in
            number == 1 ? .no(.grantRefused) : (try? Issuer.keys(number)) ?? .no(.clientRefused)
        }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            for _ in 0..<3 { for hub in hubs { try await hub.look() } }
            #expect(issuer.refreshTokens == ["r0"])
            let note = try #require(try await hubs[1].desk.view(of: .zid).upkeep.first)
            #expect(note.state == .failing && note.finding?.outcome == .badCredential)
            hubs[1].bell.wanted()
            try await hubs[1].look()
            #expect(hubs[1].bell.isHopeless, "nobody waits for keys that do not come")
            try await Self.keep(Self.values.merging(["refresh_token": "r-new"]) { $1 }, hubs[1])
            try await hubs[0].look()
            #expect(issuer.refreshTokens == ["r0", "r-new"])
            #expect(try await hubs[1].desk.view(of: .zid).upkeep.first?.state == .good)
        }
    }

    @Test func aLostAnswerIsTriedAgainInItsTime() async throws {
        let issuer = Issuer { _ in .later(.unreachable, retryAfter: nil, mayHaveHappened: true) }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            for _ in 0..<3 { for hub in hubs { try await hub.look() } }
            #expect(issuer.refreshTokens == ["r0"], "not before the pause is over")
            let upkeep = try await hubs[1].stores.zidUpkeep.upkeep(.keys)
            #expect(upkeep.isUnsure && upkeep.problem == .unreachable && upkeep.heldUntil == nil)
            #expect(try await hubs[1].desk.view(of: .zid).upkeep.first?.state == .waiting)
        }
    }

    @Test func keysThatAreNewAreNotRenewedBecauseTheyAreRefused() async throws {
        let issuer = Issuer { number in (try? Issuer.keys(number)) ?? .no(.grantRefused) }
        try await Self.with(issuer) { hubs in
            try await Self.keep(Self.values, hubs[0])
            try await hubs[0].look()
            hubs[0].bell.wanted()
            #expect(!hubs[0].bell.isHopeless)
            try await hubs[0].look()
            #expect(issuer.refreshTokens.count == 1 && hubs[0].bell.isHopeless)
        }
    }

    @Test func whatIsOffOrIncompleteIsNotRenewed() async throws {
        let issuer = Issuer { number in (try? Issuer.keys(number)) ?? .no(.grantRefused) }
        try await Self.with(issuer) { hubs in
            try await hubs[0].look()
            try await Self.keep(Self.values.filter { $0.key != "client_secret" }, hubs[0])
            try await hubs[0].look()
            _ = try await hubs[0].desk.keep(
                try IntegrationEdit(Self.values, for: .zid), for: .zid, isEnabled: false, expected: nil,
                Writing(by: .system, at: .present))
            try await hubs[0].look()
            #expect(issuer.refreshTokens.isEmpty)
        }
    }
}
