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

    package func standing(of key: KeyName) async throws(HubError) -> Standing {
        if try await activeKey() == key { return .active }
        return provider(of: key) == nil ? .missing : .retired
    }

    /// The active key and then those that only unwrap.
    package func keys() async throws(HubError) -> [KeyName] {
        var keys = [try await activeKey()] + active.retiredKeys
        for provider in retired { keys += [try await provider.activeKey()] + provider.retiredKeys }
        return keys
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
