import Domain
import Foundation
import HubTestKit
import Synchronization
import Testing

@testable import Integrations

@Suite struct EnvelopeVaultTests {
    private static let planted = "TWO-CARDS-PLANTED-9Q7X"
    private static let place = SecretPlace(table: "codes", record: "c_1", field: "code")

    private let first = SecretSample()
    private let second = SecretSample()

    private func vault(_ keyring: Keyring, _ limits: VaultLimits = VaultLimits()) -> EnvelopeVault {
        EnvelopeVault(DataKeys(keyring, limits: limits, now: { Samples.start }), .make(), limits: limits)
    }

    private func ring(_ active: SecretSample, retired: [SecretSample] = []) -> Keyring {
        Keyring(active: LocalKeyProvider(active: active.secret, retired: retired.map(\.secret)))
    }

    @Test(arguments: ["", "a", planted, "رمز رقمي 🔑", String(repeating: "x", count: 100_000)])
    func opensWhatItSealed(_ secret: String) async throws {
        let vault = vault(ring(first))
        let sealed = try await vault.sealer().seal(secret, at: Self.place)
        let read = try #require(SealedSecret(sealed.text))
        #expect(try await vault.open(read, at: Self.place) == secret)
        #expect(!sealed.text.contains(Self.planted))
        #expect(sealed.ciphertext.count == secret.utf8.count + SealedSecret.tagBytes)
    }

    @Test func aSecretThatIsTooLongIsRefused() async throws {
        let long = String(repeating: "x", count: SealedSecret.maxSecretBytes + 1)
        let sealer = try await vault(ring(first)).sealer()
        let error = #expect(throws: HubError.self) { try sealer.seal(long, at: Self.place) }
        #expect(error?.code == .tooLarge)
    }

    @Test func opensAtItsPlaceOnly() async throws {
        let vault = vault(ring(first))
        let sealed = try await vault.sealer().seal(Self.planted, at: Self.place)
        for place in [
            SecretPlace(table: "codes", record: "c_2", field: "code"),
            SecretPlace(table: "codes", record: "c_1", field: "pin"),
            SecretPlace(table: "tokens", record: "c_1", field: "code"),
        ] {
            await #expect(throws: HubError.cannotOpenSecret) { try await vault.open(sealed, at: place) }
        }
    }

    @Test func everyFieldOfTheEnvelopeIsGuarded() async throws {
        let vault = vault(ring(first, retired: [second]))
        let sealed = try await vault.sealer().seal(Self.planted, at: Self.place)
        let other = try await vault.sealer().seal(Self.planted, at: Self.place)
        let retired = try #require(
            WrappedKey(kek: LocalKeyProvider.name(of: second.secret), bytes: sealed.dataKey.bytes))
        let short = try #require(WrappedKey(kek: sealed.dataKey.kek, bytes: [1, 2, 3]))
        let altered = try #require(
            WrappedKey(kek: sealed.dataKey.kek, bytes: sealed.dataKey.bytes.dropLast() + [sealed.dataKey.bytes[59] ^ 1])
        )
        for envelope in [
            sealed.rewrapped(other.dataKey), sealed.rewrapped(retired), sealed.rewrapped(short),
            sealed.rewrapped(altered),
            SealedSecret(dataKey: sealed.dataKey, nonce: other.nonce, ciphertext: sealed.ciphertext),
            SealedSecret(dataKey: sealed.dataKey, nonce: sealed.nonce, ciphertext: other.ciphertext),
            SealedSecret(
                dataKey: sealed.dataKey, nonce: sealed.nonce, ciphertext: Array(sealed.ciphertext.dropFirst())),
        ] {
            let envelope = try #require(envelope)
            await #expect(throws: HubError.cannotOpenSecret) { try await vault.open(envelope, at: Self.place) }
        }
        #expect(try await vault.open(sealed, at: Self.place) == Self.planted)
    }

    @Test func aKeyThatIsNotThereIsNamed() async throws {
        let sealed = try await vault(ring(first)).sealer().seal(Self.planted, at: Self.place)
        let name = LocalKeyProvider.name(of: first.secret)
        let error = await #expect(throws: HubError.self) { try await vault(ring(second)).open(sealed, at: Self.place) }
        #expect(error == .keyNotAvailable(name))
        #expect(error?.message.contains(name.description) == true)
    }

    @Test func aRetiredKeyOpensAndDoesNotSeal() async throws {
        let old = try await vault(ring(first)).sealer().seal(Self.planted, at: Self.place)
        let changed = vault(ring(second, retired: [first, second, first]))
        #expect(try await changed.open(old, at: Self.place) == Self.planted)
        let new = try await changed.sealer().seal(Self.planted, at: Self.place)
        #expect(new.dataKey.kek == LocalKeyProvider.name(of: second.secret))
        let names = await ring(second, retired: [first, second, first]).keys()
        #expect(names == [second, first].map { LocalKeyProvider.name(of: $0.secret) })
    }

    @Test func aRewrappedSecretOpensUnderTheNewKeyAlone() async throws {
        let old = try await vault(ring(first)).sealer().seal(Self.planted, at: Self.place)
        let keys = DataKeys(ring(second, retired: [first]), now: { Samples.start })
        let new = old.rewrapped(try await keys.rewrap(old.dataKey))
        #expect(new.nonce == old.nonce && new.ciphertext == old.ciphertext)
        #expect(try await vault(ring(second)).open(new, at: Self.place) == Self.planted)
    }

    @Test func aDataKeySealsAsManyAsItMay() async throws {
        var limits = VaultLimits()
        limits.maxSealsPerDataKey = 64
        let sealer = try await vault(ring(first), limits).sealer()
        let outcomes = await withTaskGroup(of: SealedSecret?.self) { group in
            for _ in 0..<100 { group.addTask { try? sealer.seal(Self.planted, at: Self.place) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let sealed = outcomes.compactMap(\.self)
        #expect(sealed.count == 64)
        #expect(Set(sealed.map(\.nonce)).count == 64)
        #expect(Set(sealed.map(\.dataKey)).count == 1)
    }

    @Test func aHundredThousandCodesAreSealedUnderOneKeyAndOpened() async throws {
        let vault = vault(ring(first))
        let sealer = try await vault.sealer()
        let sealed = try (0..<100_000).map { number in
            try sealer.seal("CODE-\(number)", at: SecretPlace(table: "codes", record: "c_\(number)", field: "code"))
        }
        #expect(Set(sealed.map(\.nonce)).count == 100_000)
        var wrong = 0
        for (number, envelope) in sealed.enumerated() {
            let place = SecretPlace(table: "codes", record: "c_\(number)", field: "code")
            if try await vault.open(envelope, at: place) != "CODE-\(number)" { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test func fingerprintsFindEqualsOfOneUse() {
        let (vault, other) = (vault(ring(first)), vault(ring(first)))
        let found = vault.fingerprint(of: Self.planted, for: .code)
        #expect(found == vault.fingerprint(of: Self.planted, for: .code))
        #expect(found.count == 64 && Hex.decode(found) != nil)
        #expect(found != vault.fingerprint(of: Self.planted + " ", for: .code))
        #expect(found != vault.fingerprint(of: Self.planted, for: .integrationToken))
        #expect(found != other.fingerprint(of: Self.planted, for: .code), "another store has another key")
    }

    @Test func nothingPrintsAKeyOrASecret() async throws {
        let vault = vault(ring(first))
        let sealer = try await vault.sealer()
        let sealed = try sealer.seal(Self.planted, at: Self.place)
        var dumped = ""
        dump((vault, sealer, sealed, ring(first, retired: [second]), IndexKey.make()), to: &dumped)
        dumped += "\(vault) \(sealer) \(sealed) \(IndexKey.make())"
        let moved = SecretPlace(table: "codes", record: "c_2", field: "code")
        let error = await #expect(throws: HubError.self) { try await vault.open(sealed, at: moved) }
        dumped += String(reflecting: error)
        for secret in [Self.planted, first.text, second.text] { #expect(!dumped.contains(secret)) }
        #expect(!dumped.contains("SymmetricKey"))
    }
}

/// What stands in for a keeper of keys far away.
@Suite struct KeyOutageTests {
    private final class DistantKeys: KeyProvider {
        private let near = LocalKeyProvider(active: SecretSample().secret)
        private let isAway = Atomic(false)
        private let asked = Atomic(0)

        var unwrappings: Int { asked.load(ordering: .relaxed) }
        var retiredKeys: [KeyName] { [] }

        func goAway() { isAway.store(true, ordering: .relaxed) }
        func activeKey() async throws(HubError) -> KeyName { try await near.activeKey() }
        func check() async throws(HubError) {}
        func holds(_ key: KeyName) -> Bool { near.holds(key) }
        func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey { try await near.wrap(dataKey) }

        func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey {
            guard !isAway.load(ordering: .relaxed) else { throw .unavailable() }
            asked.add(1, ordering: .relaxed)
            return try await near.unwrap(wrapped)
        }
    }

    private static let place = SecretPlace(table: "t", record: "r", field: "f")

    @Test func whatWasUnwrappedLatelyOpensThroughAnOutage() async throws {
        let provider = DistantKeys()
        let clock = Mutex(Samples.start)
        let limits = VaultLimits()
        let sealed = try await EnvelopeVault(
            DataKeys(Keyring(active: provider), now: { Samples.start }), .make(), limits: limits
        ).sealer().seal("secret", at: Self.place)
        let keys = DataKeys(Keyring(active: provider), limits: limits, now: { clock.withLock { $0 } })
        let vault = EnvelopeVault(keys, .make(), limits: limits)
        for _ in 0..<10 { #expect(try await vault.open(sealed, at: Self.place) == "secret") }
        #expect(provider.unwrappings == 1)

        provider.goAway()
        clock.withLock { $0 = $0 + limits.dataKeyLifetime + .milliseconds(-1) }
        #expect(try await vault.open(sealed, at: Self.place) == "secret")
        clock.withLock { $0 = $0 + .milliseconds(1) }
        let error = await #expect(throws: HubError.self) { try await vault.open(sealed, at: Self.place) }
        #expect(error?.code == .unavailable)
    }

    @Test func theMemoryOfDataKeysIsBounded() async throws {
        var limits = VaultLimits()
        limits.maxCachedDataKeys = 8
        let provider = DistantKeys()
        let vault = EnvelopeVault(
            DataKeys(Keyring(active: provider), limits: limits, now: { Samples.start }), .make(), limits: limits)
        var sealed: [SealedSecret] = []
        for _ in 0..<32 { sealed.append(try await vault.sealer().seal("secret", at: Self.place)) }
        for envelope in sealed { #expect(try await vault.open(envelope, at: Self.place) == "secret") }
        #expect(provider.unwrappings >= 24)
    }
}

/// A master secret with its text, to look for.
struct SecretSample {
    let text: String
    let secret: MasterSecret

    init() {
        text = MasterSecret.makeBase64()
        guard let secret = try? MasterSecret(base64: text) else { preconditionFailure("a made secret is good") }
        self.secret = secret
    }
}
