package import Domain

/// All key-encryption keys of a hub. One provider wraps; the others only unwrap what they wrapped before.
package struct Keyring: Sendable {
    package enum Standing: String, Sendable {
        case active, retired
        /// An envelope names it, and this hub does not have it.
        case missing
    }

    private let active: any KeyProvider
    private let retired: [any KeyProvider]

    package init(active: any KeyProvider, retired: [any KeyProvider] = []) {
        self.active = active
        self.retired = retired
    }

    package func activeKey() async throws(HubError) -> KeyName {
        try await active.activeKey()
    }

    /// Without an answer of the active key's keeper, its key counts as one that only unwraps.
    package func standing(of key: KeyName) async -> Standing {
        if (try? await activeKey()) == key { return .active }
        return provider(of: key) == nil ? .missing : .retired
    }

    /// The active key and then those that only unwrap, as far as their keepers can be asked.
    package func keys() async -> [KeyName] {
        var keys: [KeyName] = []
        for provider in [active] + retired {
            if let key = try? await provider.activeKey() { keys.append(key) }
            keys += provider.retiredKeys
        }
        return keys
    }

    /// Asks the keeper of the active key. Throws `unavailable` with what is wrong.
    package func check() async throws(HubError) {
        try await active.check()
    }

    func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey {
        try await active.wrap(dataKey)
    }

    /// Tries the named key and no other: AES-GCM does not commit to its key.
    func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey {
        guard let provider = provider(of: wrapped.kek) else { throw .keyNotAvailable(wrapped.kek) }
        return try await provider.unwrap(wrapped)
    }

    private func provider(of key: KeyName) -> (any KeyProvider)? {
        active.holds(key) ? active : retired.first { $0.holds(key) }
    }
}
