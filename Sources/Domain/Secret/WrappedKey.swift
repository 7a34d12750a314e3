/// A data key sealed by a key-encryption key, as it is stored.
package struct WrappedKey: Sendable, Hashable {
    /// The longest that any provider gives is that of AWS KMS.
    package static let maxBytes = 6144

    /// Whoever unwraps it.
    package let kek: KeyName
    /// In the provider's own form.
    package let bytes: [UInt8]

    /// Nil when there are no bytes or too many.
    package init?(kek: KeyName, bytes: [UInt8]) {
        guard (1...Self.maxBytes).contains(bytes.count) else { return nil }
        self.kek = kek
        self.bytes = bytes
    }
}
