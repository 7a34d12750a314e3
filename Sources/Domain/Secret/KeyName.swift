/// Names a key-encryption key: who keeps it, and which of its keys. Tells nothing of the key itself.
///
/// As text `provider:id`, for example `local:k5d41402abc4b2a76`. The id may hold colons, as those of AWS do.
package struct KeyName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package static let maxProviderBytes = 32
    package static let maxIDBytes = 512

    package let provider: String
    package let id: String

    /// Nil unless the provider is made of lower-case letters, digits and dashes, and the id of visible ASCII
    /// characters without `|`, which separates the fields of an envelope.
    package init?(provider: String, id: String) {
        guard (1...Self.maxProviderBytes).contains(provider.utf8.count), provider.utf8.allSatisfy(Self.isPlain),
            (1...Self.maxIDBytes).contains(id.utf8.count), id.utf8.allSatisfy(Self.isVisible)
        else { return nil }
        self.provider = provider
        self.id = id
    }

    package init?(_ text: some StringProtocol) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        self.init(provider: String(text[..<colon]), id: String(text[text.utf8.index(after: colon)...]))
    }

    /// A key that is derived from the hub's own secret.
    package static func local(fingerprint: UInt64) -> KeyName {
        let digits = String(fingerprint, radix: 16)
        return KeyName(checked: "local", "k" + String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }

    private init(checked provider: String, _ id: String) {
        self.provider = provider
        self.id = id
    }

    package var description: String { provider + ":" + id }

    package static func < (left: KeyName, right: KeyName) -> Bool { left.description < right.description }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isVisible(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "|")
    }
}
