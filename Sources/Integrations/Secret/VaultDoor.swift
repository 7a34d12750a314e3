package import Domain

/// Opens the vault of a store, which proves that the hub has the store's keys.
///
/// The proof is the store's index key: it is made on the first start and must open on every later one.
package struct VaultDoor: Sendable {
    private let store: any IndexKeyStore
    private let keys: DataKeys
    private let limits: VaultLimits

    package init(store: any IndexKeyStore, keys: DataKeys, limits: VaultLimits = VaultLimits()) {
        self.store = store
        self.keys = keys
        self.limits = limits
    }

    /// The vault; its index key is made when there is none, and wrapped anew when a retired key wrapped it.
    ///
    /// Of several hubs that make it at once, one wins and all get the same. Throws `keyNotAvailable` or
    /// `cannotOpenSecret` when the hub does not have the store's keys.
    package func open() async throws -> EnvelopeVault {
        let sealed =
            if let kept = try await store.indexKey() {
                kept
            } else {
                try await store.keepIndexKey(try await seal(.make()))
            }
        let indexKey = try await unseal(sealed)
        if try await keys.keyring.activeKey() != sealed.dataKey.kek {
            // Another hub that does the same at this moment wins or loses; either way it is done.
            _ = try await store.replaceIndexKey(sealed, with: sealed.rewrapped(try await keys.rewrap(sealed.dataKey)))
        }
        return EnvelopeVault(keys, indexKey, limits: limits)
    }

    /// Whether the vault opens; changes nothing. Nil before the first start, else the key that wraps the index key.
    ///
    /// Throws as `open` does.
    package func check() async throws -> KeyName? {
        guard let sealed = try await store.indexKey() else { return nil }
        _ = try await unseal(sealed)
        return sealed.dataKey.kek
    }

    /// Gives the store a new index key in place of `lost`, which nobody can open any more.
    ///
    /// What was sealed with the lost keys stays closed, and old fingerprints find nothing. False when another hub
    /// replaced it meanwhile.
    package func replace(lost: SealedSecret) async throws -> Bool {
        try await store.replaceIndexKey(lost, with: try await seal(.make()))
    }

    private func seal(_ indexKey: IndexKey) async throws(HubError) -> SealedSecret {
        let (key, wrapped) = try await keys.make()
        return try EnvelopeSealer(key, wrapped, maxSeals: 1).seal(indexKey.text, at: IndexKey.place)
    }

    private func unseal(_ sealed: SealedSecret) async throws(HubError) -> IndexKey {
        guard let indexKey = IndexKey(try await keys.open(sealed, at: IndexKey.place)) else { throw .cannotOpenSecret }
        return indexKey
    }
}
