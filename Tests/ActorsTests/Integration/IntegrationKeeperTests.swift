import Domain
import HubTestKit
import Integrations
import Logging
import Storage
import Synchronization
import Testing

@testable import Actors

/// Two hubs over one database, each with a keeper of its own.
@Suite struct IntegrationKeeperTests {
    private struct Hub {
        let store: any IntegrationStore
        let vault: any SecretVault
        let desk: IntegrationDesk
        let keeper: IntegrationKeeper
        let taken: Taken
    }

    /// What a hub was told to work with.
    private final class Taken: Sendable {
        private let values = Mutex<[(type: IntegrationType, key: String?)]>([])

        func take(_ type: IntegrationType, _ key: String?) { values.withLock { $0.append((type, key)) } }

        var zid: [String?] { values.withLock { $0.filter { $0.type == .zid }.map(\.key) } }
        var count: Int { values.withLock { $0.count } }
    }

    private static let logger = Logger(label: "keeper") { _ in SwiftLogNoOpLogHandler() }

    private static func hub(_ stores: StoreSet, _ secret: MasterSecret) async throws -> Hub {
        let now: @Sendable () -> Timestamp = { .present }
        let keys = DataKeys(Keyring(active: LocalKeyProvider(active: secret)), now: now)
        let vault = try await VaultDoor(store: stores.indexKey, keys: keys).open()
        let checks = ServiceChecks(
            OutboundClient(OutboundRules(allowed: [])),
            mail: MailCheck(url: nil, mailboxes: 0, timeout: .seconds(1)), timeout: .seconds(1))
        let desk = IntegrationDesk(
            store: stores.integrations, vault: vault, environment: [:], checks: checks, traffic: stores.traffic,
            timeout: .seconds(1), now: now)
        let taken = Taken()
        let keeper = IntegrationKeeper(desk, interval: .milliseconds(10), logger: logger) { type, values in
            taken.take(type, values?["manager_token"])
        }
        return Hub(store: stores.integrations, vault: vault, desk: desk, keeper: keeper, taken: taken)
    }

    private static func keep(_ key: String, _ desk: IntegrationDesk, isEnabled: Bool = true) async throws {
        let edit = try IntegrationEdit(["authorization_token": "authorization", "manager_token": key], for: .zid)
        _ = try await desk.keep(
            edit, for: .zid, isEnabled: isEnabled, expected: nil, Writing(by: .system, at: .present))
    }

    private static func with(_ body: ([Hub]) async throws -> Void) async throws {
        try await ActorsFixture.with { fixture in
            let secret = try MasterSecret(base64: MasterSecret.makeBase64())
            let stores = try await fixture.open()
            _ = try await stores.migrator.up()
            try await body([try await hub(stores, secret), try await hub(try await fixture.open(), secret)])
        }
    }

    @Test func everyHubTakesUpWhatIsStoredOnce() async throws {
        try await Self.with { hubs in
            for hub in hubs { try await hub.keeper.look() }
            #expect(hubs.allSatisfy { $0.taken.count == 0 }, "nothing is stored")
            try await Self.keep("first", hubs[0].desk)
            #expect(try await !hubs[1].desk.view(of: .zid).isTakenUp)
            for _ in 0..<3 { for hub in hubs { try await hub.keeper.look() } }
            #expect(hubs.map(\.taken.zid) == [["first"], ["first"]])
            #expect(try await hubs[1].desk.view(of: .zid).isTakenUp)
            #expect(hubs.allSatisfy { $0.taken.count == 1 }, "nothing else has changed")
        }
    }

    @Test func whatIsTurnedOffIsTakenAwayAndComesBack() async throws {
        try await Self.with { hubs in
            for isEnabled in [true, false, true] {
                try await Self.keep("key", hubs[0].desk, isEnabled: isEnabled)
                for hub in hubs { try await hub.keeper.look() }
            }
            #expect(hubs.map(\.taken.zid) == [["key", nil, "key"], ["key", nil, "key"]])
        }
    }

    @Test func aKeeperThatRunsTakesUpManyChangesAndEndsWithTheLast() async throws {
        try await Self.with { hubs in
            let tasks = hubs.map { hub in Task { try await hub.keeper.run() } }
            for number in 1...20 { try await Self.keep("key-\(number)", hubs[0].desk) }
            try await eventually("both have the last one") {
                hubs.allSatisfy { $0.taken.zid.last == "key-20" }
            }
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
            let numbers = hubs[1].taken.zid.compactMap { $0.flatMap { Int($0.dropFirst(4)) } }
            #expect(numbers == numbers.sorted(), "never back to an older one")
        }
    }

    @Test func whatCannotBeOpenedChangesNothing() async throws {
        try await Self.with { hubs in
            let (writer, reader) = (hubs[0], hubs[1])
            try await Self.keep("first", writer.desk)
            try await reader.keeper.look()
            // Sealed for another place, it opens at none.
            let sealer = try await writer.vault.sealer()
            _ = try await writer.store.keep(.zid, expected: nil, Writing(by: .system, at: .present)) { config in
                let sealed = try sealer.seal("second", at: config.place(of: "authorization_token"))
                config.secrets["manager_token"] = .init(sealed: sealed, changedAt: .present)
            }
            for _ in 0..<3 { try await reader.keeper.look() }
            #expect(reader.taken.zid == ["first"], "it goes on with what it has")
            try await Self.keep("third", writer.desk)
            try await reader.keeper.look()
            #expect(reader.taken.zid == ["first", "third"])
        }
    }
}
