import Domain
import Foundation
import Integrations
import Logging
import Storage
import Synchronization

/// An empty database in a folder of its own, and as many hubs on it as the test wants.
final class ActorsFixture: Sendable {
    private let folder: URL
    private let secret: MasterSecret
    private let opened = Mutex<(hubs: [TestHub], stores: [StoreSet])>(([], []))

    private init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "hub-actors-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        secret = try MasterSecret(base64: MasterSecret.makeBase64())
    }

    /// Another connection to the same database.
    func open() async throws -> StoreSet {
        let logger = Logger(label: "actors-tests") { _ in SwiftLogNoOpLogHandler() }
        let path = folder.appending(path: "hub.sqlite").path()
        // Hubs beside each other wait for one another, and for whatever else the machine does.
        var limits = SQLiteLimits()
        limits.busyTimeout = .seconds(60)
        limits.searchPatience = .seconds(60)
        let stores = try await Stores.open(.sqlite(path: path, limits), logger: logger) { .present }
        opened.withLock { $0.stores.append(stores) }
        return stores
    }

    /// Another hub on the same database.
    func hub(_ settings: TestHub.Settings = .init()) async throws -> TestHub {
        let stores = try await open()
        _ = try await stores.migrator.up()
        let hub = await TestHub(stores, secret: secret, settings)
        opened.withLock { $0.hubs.append(hub) }
        return hub
    }

    private func close() async throws {
        let (hubs, stores) = opened.withLock { $0 }
        for hub in hubs { await hub.stop() }
        for store in stores { await store.close() }
        try FileManager.default.removeItem(at: folder)
    }

    /// Runs `body` with an empty database, which is removed afterwards.
    static func with(_ body: (ActorsFixture) async throws -> Void) async throws {
        let fixture = try await ActorsFixture()
        let result: Result<Void, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        try await fixture.close()
        try result.get()
    }

    /// Runs `body` with one hub.
    static func withHub(
        _ settings: TestHub.Settings = .init(),
        _ body: (TestHub) async throws -> Void
    ) async throws {
        try await with { fixture in try await body(try await fixture.hub(settings)) }
    }
}
