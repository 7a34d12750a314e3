import Domain
import Foundation
import Integrations
import Testing

@testable import Storage

@Suite struct VaultDoorTests {
    private static let place = SecretPlace(table: "codes", record: "c_1", field: "code")

    private func door(_ stores: StoreSet, _ active: MasterSecret, retired: [MasterSecret] = []) -> VaultDoor {
        let keyring = Keyring(active: LocalKeyProvider(active: active, retired: retired))
        return VaultDoor(store: stores.indexKey, keys: DataKeys(keyring, now: { Timestamp(milliseconds: 1) }))
    }

    private func secret() throws -> MasterSecret { try MasterSecret(base64: MasterSecret.makeBase64()) }

    @Test(arguments: Engine.allCases)
    func theIndexKeyIsMadeOnceAndStays(_ engine: Engine) async throws {
        let secret = try secret()
        try await StoreFixture.withStores(engine) { stores, fixture in
            #expect(try await door(stores, secret).check() == nil)
            let first = try await door(stores, secret).open()
            let kept = try #require(try await stores.indexKey.indexKey())
            #expect(kept.dataKey.kek == LocalKeyProvider.name(of: secret))
            #expect(try await door(stores, secret).check() == kept.dataKey.kek)

            let again = try await door(try await fixture.open(), secret).open()
            #expect(try await stores.indexKey.indexKey() == kept)
            #expect(first.fingerprint(of: "a code", for: .code) == again.fingerprint(of: "a code", for: .code))
        }
    }

    @Test(arguments: Engine.allCases)
    func hubsThatMakeItAtOnceGetTheSame(_ engine: Engine) async throws {
        let secret = try secret()
        try await StoreFixture.withStores(engine) { _, fixture in
            let prints = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    let stores = try await fixture.open()
                    group.addTask {
                        try await door(stores, secret).open().fingerprint(of: "a code", for: .code)
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(prints.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func anotherSecretIsRefused(_ engine: Engine) async throws {
        let (old, new) = (try secret(), try secret())
        try await StoreFixture.withStores(engine) { stores, _ in
            _ = try await door(stores, old).open()
            let kept = try await stores.indexKey.indexKey()
            let refusal = HubError.keyNotAvailable(LocalKeyProvider.name(of: old))
            await #expect(throws: refusal) { _ = try await door(stores, new).open() }
            await #expect(throws: refusal) { _ = try await door(stores, new).check() }
            #expect(try await stores.indexKey.indexKey() == kept)
            _ = try await door(stores, old).open()
        }
    }

    @Test(arguments: Engine.allCases)
    func aRetiredSecretOpensItAndTheNewOneTakesItOver(_ engine: Engine) async throws {
        let (old, new) = (try secret(), try secret())
        try await StoreFixture.withStores(engine) { stores, _ in
            let before = try await door(stores, old).open()
            let after = try await door(stores, new, retired: [old]).open()
            #expect(before.fingerprint(of: "a code", for: .code) == after.fingerprint(of: "a code", for: .code))
            #expect(try await door(stores, new).check() == LocalKeyProvider.name(of: new))
            // What the old hub sealed meanwhile opens, too.
            let sealed = try await before.sealer().seal("a code", at: Self.place)
            #expect(try await after.open(sealed, at: Self.place) == "a code")
        }
    }

    @Test(arguments: Engine.allCases)
    func anAlteredIndexKeyIsRefused(_ engine: Engine) async throws {
        let secret = try secret()
        try await StoreFixture.withStores(engine) { stores, fixture in
            _ = try await door(stores, secret).open()
            let kept = try #require(try await stores.indexKey.indexKey())
            let altered = try #require(
                SealedSecret(
                    dataKey: kept.dataKey,
                    nonce: kept.nonce,
                    ciphertext: kept.ciphertext.map { $0 ^ 1 }
                )
            )
            #expect(try await stores.indexKey.replaceIndexKey(kept, with: altered))
            #expect(try await !stores.indexKey.replaceIndexKey(kept, with: altered))
            await #expect(throws: HubError.cannotOpenSecret) { _ = try await door(stores, secret).open() }
            try await fixture.execute("UPDATE settings SET value = 'nonsense' WHERE key = 'index_key'")
            await #expect(throws: HubError.cannotOpenSecret) { _ = try await door(stores, secret).open() }
        }
    }

    @Test(arguments: Engine.allCases)
    func aLostKeyIsReplacedOnce(_ engine: Engine) async throws {
        let (old, new) = (try secret(), try secret())
        try await StoreFixture.withStores(engine) { stores, _ in
            let before = try await door(stores, old).open()
            let lost = try #require(try await stores.indexKey.indexKey())
            #expect(try await door(stores, new).replace(lost: lost))
            #expect(try await !door(stores, new).replace(lost: lost))
            let after = try await door(stores, new).open()
            #expect(before.fingerprint(of: "a code", for: .code) != after.fingerprint(of: "a code", for: .code))
        }
    }

    @Test(arguments: Engine.allCases)
    func theIndexKeyIsNowhereInClear(_ engine: Engine) async throws {
        let text = MasterSecret.makeBase64()
        let secret = try MasterSecret(base64: text)
        try await StoreFixture.withStores(engine) { stores, fixture in
            _ = try await door(stores, secret).open()
            let all = try await fixture.texts("SELECT key || '=' || value FROM settings")
            #expect(all.contains { $0.hasPrefix("index_key=v1|A256GCM|local:k") })
            #expect(!all.contains { $0.contains(text) })
        }
    }
}

extension StoreFixture {
    /// The first column of every row.
    func texts(_ query: SQLText) async throws -> [String] {
        let database: any SQLDatabase =
            switch configuration {
            case .sqlite(let path, let limits): try SQLiteDatabase(path: path, limits: limits, logger: Self.logger)
            case .postgres(let url, let limits): try PostgresDatabase(url: url, limits: limits, logger: Self.logger)
            }
        let texts = try await database.read { session in
            try session.execute(query).map { row in
                var reader = row.reader
                return try reader.text()
            }
        }
        await database.close()
        return texts
    }
}
