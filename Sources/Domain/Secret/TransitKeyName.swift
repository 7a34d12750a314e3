/// A key of Vault's transit engine: the mount of the engine and the key's name, `transit/twocards`.
///
/// Each of its versions is a key of its own to us, `vault-transit:transit/twocards:v3`, so that a rotation over there
/// is one to wrap data keys anew for.
package struct TransitKeyName: Sendable, Hashable, CustomStringConvertible {
    package static let provider = "vault-transit"
    package static let accepted = "letters, digits, dashes, dots and underlines"

    private static let maxBytes = 200

    package let mount: String
    package let key: String

    /// Nil unless both are made of what needs no escaping in an address; a mount may have slashes between.
    package init?(mount: String, key: String) {
        let folders = mount.split(separator: "/", omittingEmptySubsequences: false)
        guard mount.utf8.count + key.utf8.count <= Self.maxBytes, folders.allSatisfy(Self.isWord),
            Self.isWord(key[...])
        else { return nil }
        self.mount = mount
        self.key = key
    }

    package var description: String { "\(mount)/\(key)" }

    /// Nil for what is no version.
    package func name(version: Int) -> KeyName? {
        version > 0 ? KeyName(provider: Self.provider, id: "\(self):v\(version)") : nil
    }

    /// The version of this key that a name means; nil when it means another key.
    package func version(in name: KeyName) -> Int? {
        guard name.provider == Self.provider, name.id.hasPrefix("\(self):v") else { return nil }
        let digits = name.id.dropFirst(description.count + 2)
        guard let version = Int(digits), self.name(version: version) == name else { return nil }
        return version
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
