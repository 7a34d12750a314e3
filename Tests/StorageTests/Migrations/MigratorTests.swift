import Domain
import Foundation
import Testing

@testable import Storage

@Suite struct MigratorTests {
    private static let versions = Schema.migrations.map(\.version)

    @Test(arguments: Engine.allCases)
    func migratesAnEmptyDatabaseOnce(_ engine: Engine) async throws {
        try await StoreFixture.with(engine) { fixture in
            let stores = try await fixture.open()
            #expect(try await stores.migrator.status().allSatisfy { $0.appliedAt == nil })
            let error = await #expect(throws: HubError.self) { try await stores.migrator.check() }
            #expect(error?.message.contains("hub migrate up") == true)
            #expect(try await stores.migrator.up().map(\.version) == Self.versions)
            #expect(try await stores.migrator.up().isEmpty)
            try await stores.migrator.check()
            #expect(try await stores.migrator.status().allSatisfy { $0.appliedAt == fixture.clock.now })
            try await Self.use(stores, fixture)
        }
    }

    @Test(arguments: Engine.allCases)
    func hubsThatMigrateAtTheSameTimeDoItOnce(_ engine: Engine) async throws {
        try await StoreFixture.with(engine) { fixture in
            let hubs = try await withThrowingTaskGroup(of: StoreSet.self) { group in
                for _ in 0..<4 { group.addTask { try await fixture.open() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let done = try await withThrowingTaskGroup(of: Int.self) { group in
                for hub in hubs { group.addTask { try await hub.migrator.up().count } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(done.sorted() == [0, 0, 0, Self.versions.count])
            for hub in hubs { try await hub.migrator.check() }
        }
    }

    @Test func aDatabaseThatIsNotUTF8IsRefused() async throws {
        try await StoreFixture.with(.postgres) { fixture in
            let name = "\(fixture.databaseName)_latin"
            try await StoreFixture.administer(
                "CREATE DATABASE \(name) ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
            )
            let stores = try await Stores.open(
                .postgres(url: StoreFixture.url(Engine.clusterURL(), database: name)),
                logger: StoreFixture.logger,
                now: { Timestamp(milliseconds: 1) }
            )
            let error = await #expect(throws: HubError.self) { _ = try await stores.migrator.up() }
            #expect(error?.message.contains("UTF8") == true)
            await stores.close()
            try await StoreFixture.administer("DROP DATABASE \(name) WITH (FORCE)")
        }
    }

    @Test(arguments: Engine.allCases)
    func aNewerSchemaIsRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await fixture.execute(
                "INSERT INTO schema_migrations (version, name, applied_ms, checksum) VALUES (99, 'future', 5, 'x')"
            )
            let checked = await #expect(throws: HubError.self) { try await stores.migrator.check() }
            #expect(checked?.message.contains("99") == true)
            await #expect(throws: HubError.self) { _ = try await stores.migrator.up() }
            let status = try await stores.migrator.status()
            #expect(status.map(\.version) == Self.versions + [99])
            #expect(status.map(\.isUnknown) == Self.versions.map { _ in false } + [true])
        }
    }

    @Test(arguments: Engine.allCases)
    func otherStatementsUnderTheSameNumberAreRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await fixture.execute("UPDATE schema_migrations SET checksum = 'x'")
            await #expect(throws: HubError.self) { try await stores.migrator.check() }
            await #expect(throws: HubError.self) { _ = try await stores.migrator.up() }
        }
    }

    /// What people run themselves is what `up` does, and records itself.
    @Test(arguments: Engine.allCases)
    func thePrintedScriptLeavesNothingToDo(_ engine: Engine) async throws {
        try await StoreFixture.with(engine) { fixture in
            let stores = try await fixture.open()
            let script = fixture.directory.appending(path: "schema.sql")
            try stores.migrator.sql().write(to: script, atomically: true, encoding: .utf8)
            try fixture.run(script)
            try await stores.migrator.check()
            #expect(try await stores.migrator.up().isEmpty)
            try await Self.use(stores, fixture)
            // psql may run it again.
            if engine == .postgres { try fixture.run(script) }
            #expect(try await stores.migrator.status().map(\.version) == Self.versions)
        }
    }

    @Test(arguments: Engine.allCases)
    func theScriptAfterUpChangesNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let epoch = try await stores.health.epoch()
            let script = fixture.directory.appending(path: "schema.sql")
            try stores.migrator.sql().write(to: script, atomically: true, encoding: .utf8)
            // SQLite has no conditions: the script fails as a whole.
            switch engine {
            case .sqlite: #expect(throws: ScriptFailure.self) { try fixture.run(script) }
            case .postgres: try fixture.run(script)
            }
            #expect(try await stores.health.epoch() == epoch)
            try await stores.migrator.check()
        }
    }

    private static func use(_ stores: StoreSet, _ fixture: StoreFixture) async throws {
        let visitor = try await stores.makeVisitor(fixture)
        let result = try await stores.append(
            visitor.room,
            Samples.text("السلام عليكم", by: visitor.participant, mid: "k1")
        )
        #expect(result.outcomes == [.appended(1, at: fixture.clock.now)])
        #expect(try await stores.log(of: visitor.room) == result.events)
        #expect(try await stores.rooms.search("سلام", scope: .room(visitor.room), limit: 1).count == 1)
    }
}

struct ScriptFailure: Error, CustomStringConvertible {
    let description: String
}

extension StoreFixture {
    func execute(_ text: SQLText) async throws {
        let database: any SQLDatabase =
            switch configuration {
            case .sqlite(let path, let limits): try SQLiteDatabase(path: path, limits: limits, logger: Self.logger)
            case .postgres(let url, let limits): try PostgresDatabase(url: url, limits: limits, logger: Self.logger)
            }
        try await database.write { _ = try $0.finish(text) }
        await database.close()
    }

    /// Runs a script with the database's own tool, stopping at the first error.
    func run(_ script: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        switch configuration {
        case .sqlite(let path, _):
            process.arguments = ["python3", "-c", Self.sqliteTool, path, script.path()]
        case .postgres(let url, _):
            process.arguments = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", script.path()]
        }
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ScriptFailure(description: text) }
    }

    /// Stands in for the `sqlite3` shell, which is not everywhere.
    private static let sqliteTool =
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())"
}
