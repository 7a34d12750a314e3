package import Domain

/// Keeps key-encryption keys, near or far, and wraps data keys with them.
///
/// Which key wrapped a data key is part of the wrapping: naming another one makes unwrapping fail.
package protocol KeyProvider: Sendable {
    /// The key that wraps now. Throws `unavailable` when whoever keeps it cannot be asked.
    func activeKey() async throws(HubError) -> KeyName

    /// Keys that only unwrap.
    var retiredKeys: [KeyName] { get }

    /// Whether it can unwrap what this key wrapped, active or retired.
    func holds(_ key: KeyName) -> Bool

    /// Asks the keeper whether the active key can be used; changes nothing. Throws `unavailable` with what is wrong.
    func check() async throws(HubError)

    func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey

    /// Throws `cannotOpenSecret` for whatever is wrong with the wrapping, `keyNotAvailable` for a key that it does not
    /// hold, and `unavailable` when whoever keeps the key cannot be asked.
    func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey
}
