import Crypto
package import Domain

/// Key-encryption keys that are derived from `ENCRYPTION_SECRET` and its predecessors.
///
/// A key's id is derived from its secret as well, so that nobody has to give one.
package struct LocalKeyProvider: KeyProvider {
    private struct NamedKey {
        let name: KeyName
        let key: SealingKey

        init(_ secret: MasterSecret) {
            name = LocalKeyProvider.name(of: secret)
            key = SealingKey(secret.key(for: .keyEncryption))
        }
    }

    private let active: NamedKey
    private let retired: [NamedKey]

    /// - Parameter retired: Decrypt only. The active secret among them is ignored.
    package init(active: MasterSecret, retired: [MasterSecret] = []) {
        let current = NamedKey(active)
        var known: Set<KeyName> = [current.name]
        self.active = current
        self.retired = retired.map(NamedKey.init).filter { known.insert($0.name).inserted }
    }

    package static func name(of secret: MasterSecret) -> KeyName {
        let bytes = secret.key(for: .keyEncryptionName).withUnsafeBytes { Array($0.prefix(8)) }
        return .local(fingerprint: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }

    package func activeKey() async throws(HubError) -> KeyName { active.name }

    package var retiredKeys: [KeyName] { retired.map(\.name) }

    package func holds(_ key: KeyName) -> Bool { named(key) != nil }

    /// It is in memory.
    package func check() async throws(HubError) {}

    package func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey {
        let sealed = try active.key.seal(dataKey.bytes, authenticating: Self.associatedData(active.name))
        guard let wrapped = WrappedKey(kek: active.name, bytes: sealed.nonce + sealed.ciphertext) else {
            throw HubError(.internal, "A data key cannot be wrapped.")
        }
        return wrapped
    }

    package func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey {
        guard let named = named(wrapped.kek) else { throw .keyNotAvailable(wrapped.kek) }
        let bytes = try named.key.open(
            SealingKey.Sealed(
                nonce: Array(wrapped.bytes.prefix(SealedSecret.nonceBytes)),
                ciphertext: Array(wrapped.bytes.dropFirst(SealedSecret.nonceBytes))
            ),
            authenticating: Self.associatedData(named.name)
        )
        guard let dataKey = SealingKey(bytes: bytes) else { throw .cannotOpenSecret }
        return dataKey
    }

    private func named(_ key: KeyName) -> NamedKey? {
        key == active.name ? active : retired.first { $0.name == key }
    }

    private static func associatedData(_ key: KeyName) -> [UInt8] {
        Array("\(SealedSecret.version)|data-key|\(key)".utf8)
    }
}
