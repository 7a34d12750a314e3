import Domain
import Synchronization

/// Seals secrets under one data key, up to a bound.
final class EnvelopeSealer: SecretSealer {
    private let key: SealingKey
    private let wrapped: WrappedKey
    private let maxSeals: Int
    private let seals = Atomic(0)

    init(_ key: SealingKey, _ wrapped: WrappedKey, maxSeals: Int) {
        self.key = key
        self.wrapped = wrapped
        self.maxSeals = maxSeals
    }

    func seal(_ secret: String, at place: SecretPlace) throws(HubError) -> SealedSecret {
        // A refused call counts as well; it would take centuries to wrap around.
        guard seals.add(1, ordering: .relaxed).newValue <= maxSeals else {
            throw HubError(.internal, "This data key has sealed \(maxSeals) secrets, its bound. Take another sealer.")
        }
        let sealed = try key.seal(Array(secret.utf8), authenticating: place.associatedData)
        guard let envelope = SealedSecret(dataKey: wrapped, nonce: sealed.nonce, ciphertext: sealed.ciphertext) else {
            throw HubError(.tooLarge, "A secret has at most \(SealedSecret.maxSecretBytes) bytes.")
        }
        return envelope
    }
}
