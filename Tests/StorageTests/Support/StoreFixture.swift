import Domain
import Foundation
import Logging
import Synchronization

@testable import Storage

/// An empty database of its own for one test, and as many hubs on it as the test wants.
final class StoreFixture: Sendable {
    let engine: Engine
    let configuration: StorageConfiguration
    let clock: TestClock
    let directory: URL
    let databaseName: String
    private let opened = Mutex<[StoreSet]>([])

    private init(_ engine: Engine) async throws {
        self.engine = engine
        let name = "hub_test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        databaseName = name
        directory = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        clock = TestClock()
        switch engine {
        case .sqlite:
            configuration = .sqlite(path: directory.appending(path: "hub.sqlite").path(), .patient)
        case .postgres:
            try await Self.administer("CREATE DATABASE \(name)")
            configuration = .postgres(url: Self.url(try Engine.clusterURL(), database: name), .patient)
        }
    }

    /// Another hub on the same database.
    func open(_ change: (inout PostgresLimits) -> Void = { _ in }) async throws -> StoreSet {
        var configuration = configuration
        if case .postgres(let url, var limits) = configuration {
            change(&limits)
            configuration = .postgres(url: url, limits)
        }
        let stores = try await Stores.open(configuration, logger: Self.logger) { [clock] in clock.now }
        opened.withLock { $0.append(stores) }
        return stores
    }

    /// A hub on a SQLite file with limits of its own.
    func openSQLite(_ path: String, _ limits: SQLiteLimits) async throws -> StoreSet {
        let stores = try await Stores.open(.sqlite(path: path, limits), logger: Self.logger) { [clock] in clock.now }
        opened.withLock { $0.append(stores) }
        return stores
    }

    private func close() async throws {
        for stores in opened.withLock({ $0 }) { await stores.close() }
        if engine == .postgres { try await Self.administer("DROP DATABASE \(databaseName) WITH (FORCE)") }
        try FileManager.default.removeItem(at: directory)
    }

    /// Runs `body` with a fresh, empty database, which is removed afterwards.
    static func with<Value>(_ engine: Engine, _ body: (StoreFixture) async throws -> Value) async throws -> Value {
        let fixture = try await StoreFixture(engine)
        let result: Result<Value, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        try await fixture.close()
        return try result.get()
    }

    /// As `with`, migrated and opened by one hub.
    static func withStores<Value>(
        _ engine: Engine,
        _ body: (StoreSet, StoreFixture) async throws -> Value
    ) async throws -> Value {
        try await with(engine) { fixture in
            let stores = try await fixture.open()
            _ = try await stores.migrator.up()
            return try await body(stores, fixture)
        }
    }

    // MARK: PostgreSQL

    /// Runs a statement on the cluster's own database.
    static func administer(_ text: String) async throws {
        let database = try PostgresDatabase(url: try Engine.clusterURL(), limits: .patient, logger: logger)
        let statement = SQLStatement(SQLText(sqlite: "", postgres: text), isOnce: true)
        _ = try await database.read { try $0.execute(statement) }
        await database.close()
    }

    /// The same server, another database: replaces the path of the URL.
    static func url(_ url: String, database: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1)
        let hasAuthority = parts[0].dropFirst("postgres://".count)
        let slash = hasAuthority.firstIndex(of: "/") ?? hasAuthority.endIndex
        let server = parts[0][..<slash]
        return server + "/" + database + (parts.count > 1 ? "?" + parts[1] : "")
    }

    static var logger: Logger {
        Logger(label: "storage-tests") { _ in SwiftLogNoOpLogHandler() }
    }
}

/// A clock that tests move.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_790_000_000_000)

    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

    func advance(_ duration: Duration = .milliseconds(1)) {
        milliseconds.withLock { $0 += duration.milliseconds }
    }
}
