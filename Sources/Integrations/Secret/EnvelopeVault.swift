package import Domain

/// Secrets as envelopes: each sealed under a data key, which a key-encryption key wraps.
package final class EnvelopeVault: SecretVault {
    private let keys: DataKeys
    private let indexKey: IndexKey
    private let limits: VaultLimits

    init(_ keys: DataKeys, _ indexKey: IndexKey, limits: VaultLimits) {
        self.keys = keys
        self.indexKey = indexKey
        self.limits = limits
    }

    package func sealer() async throws(HubError) -> any SecretSealer {
        let (key, wrapped) = try await keys.make()
        return EnvelopeSealer(key, wrapped, maxSeals: limits.maxSealsPerDataKey)
    }

    package func open(_ sealed: SealedSecret, at place: SecretPlace) async throws(HubError) -> String {
        try await keys.open(sealed, at: place)
    }

    package func fingerprint(of secret: String, for use: FingerprintUse) -> String {
        indexKey.fingerprint(of: secret, for: use)
    }

    package var texts: any TextSeal { indexKey.texts }
}

extension EnvelopeVault: CustomStringConvertible, CustomReflectable {
    package var description: String { "EnvelopeVault" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension DataKeys {
    func open(_ sealed: SealedSecret, at place: SecretPlace) async throws(HubError) -> String {
        let key = try await key(for: sealed.dataKey)
        let bytes = try key.open(
            SealingKey.Sealed(nonce: sealed.nonce, ciphertext: sealed.ciphertext),
            authenticating: place.associatedData
        )
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .cannotOpenSecret }
        return text
    }
}
