package import Domain
import Synchronization

/// Makes data keys and unwraps stored ones; remembers for some minutes what it unwrapped.
package final class DataKeys: Sendable {
    package let keyring: Keyring
    private let recent: Mutex<RecentValues<WrappedKey, SealingKey>>
    private let now: @Sendable () -> Timestamp

    package init(_ keyring: Keyring, limits: VaultLimits = VaultLimits(), now: @escaping @Sendable () -> Timestamp) {
        self.keyring = keyring
        self.now = now
        recent = Mutex(RecentValues(capacity: limits.maxCachedDataKeys, lifetime: limits.dataKeyLifetime))
    }

    /// A fresh key, wrapped under the active key.
    func make() async throws(HubError) -> (key: SealingKey, wrapped: WrappedKey) {
        let key = SealingKey.make()
        let wrapped = try await keyring.wrap(key)
        remember(key, for: wrapped)
        return (key, wrapped)
    }

    /// Waits only when the key was not unwrapped lately.
    func key(for wrapped: WrappedKey) async throws(HubError) -> SealingKey {
        let moment = now()
        if let known = recent.withLock({ $0.value(for: wrapped, at: moment) }) { return known }
        let key = try await keyring.unwrap(wrapped)
        remember(key, for: wrapped)
        return key
    }

    /// The same data key under the key-encryption key that is active now.
    func rewrap(_ wrapped: WrappedKey) async throws(HubError) -> WrappedKey {
        let key = try await key(for: wrapped)
        let again = try await keyring.wrap(key)
        remember(key, for: again)
        return again
    }

    private func remember(_ key: SealingKey, for wrapped: WrappedKey) {
        let moment = now()
        recent.withLock { $0.put(key, for: wrapped, at: moment) }
    }
}
