import Domain
import Integrations
import Synchronization
import Testing

@testable import Storage

/// Rotation over a table of sealed codes, on both databases.
@Suite struct KeyRotationTests {
    /// A table with envelopes as later parts have them, and the vault of its store.
    private final class Shelf: Sendable {
        static let place = EnvelopePlace("shelf", id: "id", column: "sealed")

        let old: MasterSecret
        let new: MasterSecret
        let database: any SQLDatabase
        let stores: StoreSet

        init(_ stores: StoreSet, _ fixture: StoreFixture) async throws {
            self.stores = stores
            old = try MasterSecret(base64: MasterSecret.makeBase64())
            new = try MasterSecret(base64: MasterSecret.makeBase64())
            database =
                switch fixture.configuration {
                case .sqlite(let path, let limits):
                    try SQLiteDatabase(path: path, limits: limits, logger: StoreFixture.logger)
                case .postgres(let url, let limits):
                    try PostgresDatabase(url: url, limits: limits, logger: StoreFixture.logger)
                }
            let key = fixture.engine == .postgres ? "TEXT COLLATE \"C\"" : "TEXT"
            try await fixture.execute(SQLText("CREATE TABLE shelf (id \(key) PRIMARY KEY, sealed TEXT)"))
        }

        var envelopes: SQLEnvelopeStore { SQLEnvelopeStore(database: database, places: [Self.place]) }

        func keys(_ active: MasterSecret, _ retired: MasterSecret...) -> DataKeys {
            DataKeys(
                Keyring(active: LocalKeyProvider(active: active, retired: retired)),
                now: { Timestamp(milliseconds: 1) })
        }

        func vault(_ keys: DataKeys) async throws -> EnvelopeVault {
            try await VaultDoor(store: stores.indexKey, keys: keys).open()
        }

        static func at(_ id: String) -> SecretPlace { SecretPlace(table: "shelf", record: id, field: "sealed") }

        /// Seals `code-ID` for each id under one data key.
        func fill(_ ids: [String], under vault: EnvelopeVault) async throws {
            let sealer = try await vault.sealer()
            let rows = try ids.map {
                [SQLValue.text($0), .text(try sealer.seal("code-\($0)", at: Self.at($0)).text)]
            }
            let insert = SQLBulk(
                [.text("id"), .text("sealed")], "INSERT INTO shelf (id, sealed) SELECT id, sealed FROM k")
            try await database.write { session in _ = try session.finish([insert.over(rows)]) }
        }

        func sealed(_ id: String) async throws -> SealedSecret {
            let text = try await database.read { session in
                var row = try #require(
                    try session.execute("SELECT sealed FROM shelf WHERE id = $1", [.text(id)]).first?.reader)
                return try row.text()
            }
            return try #require(SealedSecret(text))
        }

        func counts() async throws -> [KeyName?: Int] {
            try await envelopes.counts().reduce(into: [:]) { $0[$1.key, default: 0] += $1.count }
        }
    }

    private static func ids(_ range: Range<Int>) -> [String] {
        range.map { "c_" + String(1000 + $0) }
    }

    private func withShelf(_ engine: Engine, _ body: (Shelf) async throws -> Void) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await Shelf(stores, fixture)
            let result: Result<Void, any Error>
            do { result = .success(try await body(shelf)) } catch { result = .failure(error) }
            await shelf.database.close()
            try result.get()
        }
    }

    @Test(arguments: Engine.allCases)
    func everythingIsRewrappedAndOpensWithoutTheOldKey(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            let before = try await shelf.vault(shelf.keys(shelf.old))
            let imports = [0, 1].map { half in Self.ids(0..<25).enumerated().filter { $0.offset % 2 == half } }
            for ids in imports { try await shelf.fill(ids.map(\.element), under: before) }
            let keys = shelf.keys(shelf.new, shelf.old)
            let vault = try await shelf.vault(keys)
            try await shelf.fill(Self.ids(25..<30), under: vault)
            try await shelf.database.write { session in
                _ = try session.finish("INSERT INTO shelf (id, sealed) VALUES ('empty', NULL)")
            }
            let names = [shelf.old, shelf.new].map(LocalKeyProvider.name(of:))
            #expect(try await shelf.counts() == [names[0]: 25, names[1]: 5])

            let rotation = KeyRotation(store: shelf.envelopes, keys: keys, pageSize: 4)
            #expect(try await rotation.run() == [.init(place: "shelf.sealed", rewrapped: 25)])
            #expect(try await shelf.counts() == [names[1]: 30])
            #expect(try await rotation.run() == [.init(place: "shelf.sealed", rewrapped: 0)])

            let alone = try await shelf.vault(shelf.keys(shelf.new))
            for id in Self.ids(0..<30) {
                #expect(try await alone.open(shelf.sealed(id), at: Shelf.at(id)) == "code-\(id)")
            }
            let dataKeys = try await Self.ids(0..<25).asyncMap { try await shelf.sealed($0).dataKey }
            #expect(Set(dataKeys).count == 2, "each import goes on sharing one data key")
        }
    }

    @Test(arguments: Engine.allCases)
    func aRotationThatWasCutOffIsRunAgain(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            try await shelf.fill(Self.ids(0..<20), under: shelf.vault(shelf.keys(shelf.old)))
            let keys = shelf.keys(shelf.new, shelf.old)
            let dying = DyingStore(shelf.envelopes, writes: 2)
            await #expect(throws: DyingStore.Crash.self) {
                _ = try await KeyRotation(store: dying, keys: keys, pageSize: 5).run()
            }
            let names = [shelf.old, shelf.new].map(LocalKeyProvider.name(of:))
            #expect(try await shelf.counts() == [names[0]: 10, names[1]: 10])
            let both = try await shelf.vault(keys)
            for id in Self.ids(0..<20) {
                #expect(try await both.open(shelf.sealed(id), at: Shelf.at(id)) == "code-\(id)")
            }
            let again = KeyRotation(store: shelf.envelopes, keys: shelf.keys(shelf.new, shelf.old))
            #expect(try await again.run() == [.init(place: "shelf.sealed", rewrapped: 10)])
            #expect(try await shelf.counts() == [names[1]: 20])
        }
    }

    @Test(arguments: Engine.allCases)
    func readsAndWritesGoOnMeanwhile(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            let ids = Self.ids(0..<60)
            try await shelf.fill(ids, under: shelf.vault(shelf.keys(shelf.old)))
            let keys = shelf.keys(shelf.new, shelf.old)
            let vault = try await shelf.vault(keys)
            let rotation = KeyRotation(store: shelf.envelopes, keys: keys, pageSize: 3)
            async let outcome = rotation.run()
            repeat {
                for id in ids {
                    let opened = try await vault.open(shelf.sealed(id), at: Shelf.at(id))
                    #expect(opened == "code-\(id)")
                }
            } while try await shelf.counts().count > 1
            #expect(try await outcome == [.init(place: "shelf.sealed", rewrapped: 60)])
            #expect(try await shelf.counts() == [LocalKeyProvider.name(of: shelf.new): 60])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatChangedMeanwhileIsNotOverwritten(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            let ids = Self.ids(0..<3)
            try await shelf.fill(ids, under: shelf.vault(shelf.keys(shelf.old)))
            let keys = shelf.keys(shelf.new, shelf.old)
            let fresh = try await shelf.vault(keys).sealer().seal("another code", at: Shelf.at(ids[1]))
            let racing = RacingStore(shelf.envelopes) {
                try await shelf.database.write { session in
                    _ = try session.finish(
                        "UPDATE shelf SET sealed = $2 WHERE id = $1", [.text(ids[1]), .text(fresh.text)])
                }
            }
            let outcome = try await KeyRotation(store: racing, keys: keys).run()
            #expect(outcome == [.init(place: "shelf.sealed", rewrapped: 2, changedMeanwhile: 1)])
            #expect(try await shelf.sealed(ids[1]) == fresh)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatCannotBeUnwrappedIsLeftAsItIs(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            let lost = try MasterSecret(base64: MasterSecret.makeBase64())
            let ids = Self.ids(0..<4)
            try await shelf.fill([ids[0], ids[3]], under: shelf.vault(shelf.keys(shelf.old)))
            try await shelf.fill([ids[1]], under: shelf.vault(shelf.keys(lost, shelf.old)))
            try await shelf.database.write { session in
                _ = try session.finish(
                    "INSERT INTO shelf (id, sealed) VALUES ($1, $2)", [.text(ids[2]), .text("v1|A256GCM|nonsense")])
            }
            let rotation = KeyRotation(store: shelf.envelopes, keys: shelf.keys(shelf.new, shelf.old), pageSize: 1)
            #expect(try await rotation.run() == [.init(place: "shelf.sealed", rewrapped: 2, left: 2)])
            #expect(
                try await shelf.counts() == [
                    LocalKeyProvider.name(of: shelf.new): 2, LocalKeyProvider.name(of: lost): 1, nil: 1,
                ])
        }
    }

    @Test(arguments: Engine.allCases)
    func aHubKnowsItsOwnPlaces(_ engine: Engine) async throws {
        try await withShelf(engine) { shelf in
            _ = try await shelf.vault(shelf.keys(shelf.old))
            let name = LocalKeyProvider.name(of: shelf.old)
            #expect(
                try await shelf.stores.envelopes.counts() == [
                    EnvelopeCount(place: "settings.value", key: name, count: 1)
                ])
            let keys = shelf.keys(shelf.new, shelf.old)
            let outcome = try await KeyRotation(store: shelf.stores.envelopes, keys: keys).run()
            #expect(
                outcome == [
                    .init(place: "settings.value", rewrapped: 1), .init(place: "codes.sealed", rewrapped: 0),
                    .init(place: "integration_secrets.sealed", rewrapped: 0),
                    .init(place: "hook_secrets.sealed", rewrapped: 0),
                ])
            _ = try await shelf.vault(shelf.keys(shelf.new))
            await #expect(throws: HubError.self) {
                _ = try await shelf.stores.envelopes.envelopes(
                    in: "users.password", notUnder: name, after: nil, limit: 1)
            }
        }
    }
}

/// Dies after some writes, as a process that is killed between two transactions.
private final class DyingStore: EnvelopeStore {
    struct Crash: Error {}

    private let store: any EnvelopeStore
    private let writesLeft: Atomic<Int>

    init(_ store: any EnvelopeStore, writes: Int) {
        self.store = store
        writesLeft = Atomic(writes)
    }

    var places: [String] { store.places }
    func counts() async throws -> [EnvelopeCount] { try await store.counts() }

    func envelopes(
        in place: String, notUnder key: KeyName, after record: String?, limit: Int
    ) async throws -> [StoredEnvelope] {
        try await store.envelopes(in: place, notUnder: key, after: record, limit: limit)
    }

    func replace(_ changes: [EnvelopeChange], in place: String) async throws -> Int {
        guard writesLeft.subtract(1, ordering: .relaxed).oldValue > 0 else { throw Crash() }
        return try await store.replace(changes, in: place)
    }
}

/// Lets somebody else write between reading and writing.
private struct RacingStore: EnvelopeStore {
    private let store: any EnvelopeStore
    private let meanwhile: @Sendable () async throws -> Void

    init(_ store: any EnvelopeStore, _ meanwhile: @escaping @Sendable () async throws -> Void) {
        self.store = store
        self.meanwhile = meanwhile
    }

    var places: [String] { store.places }
    func counts() async throws -> [EnvelopeCount] { try await store.counts() }

    func envelopes(
        in place: String, notUnder key: KeyName, after record: String?, limit: Int
    ) async throws -> [StoredEnvelope] {
        try await store.envelopes(in: place, notUnder: key, after: record, limit: limit)
    }

    func replace(_ changes: [EnvelopeChange], in place: String) async throws -> Int {
        try await meanwhile()
        return try await store.replace(changes, in: place)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
