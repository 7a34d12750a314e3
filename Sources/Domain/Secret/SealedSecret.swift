/// A secret at rest, with all that is needed to open it but the key: an envelope.
///
/// As text: `v1|A256GCM|<key>|<wrapped data key>|<nonce>|<ciphertext and tag>`, bytes in base64url. The text has one
/// spelling: what can be read prints as the same text again.
package struct SealedSecret: Sendable, Hashable {
    package static let version = "v1"
    package static let algorithm = "A256GCM"
    package static let nonceBytes = 12
    package static let tagBytes = 16
    package static let maxSecretBytes = 512 * 1024
    /// Of the text; whatever is in bounds fits. A longer one is not looked at.
    package static let maxTextBytes = 1 << 20

    /// What every envelope's text begins with; the key's name follows.
    package static let head = version + "|" + algorithm + "|"

    private static let ciphertextBytes = tagBytes...(maxSecretBytes + tagBytes)

    package let dataKey: WrappedKey
    /// 12 bytes, never used twice with the same data key.
    package let nonce: [UInt8]
    /// As long as the secret, and 16 bytes of tag at its end.
    package let ciphertext: [UInt8]

    /// Nil when a part has a length that it must not have.
    package init?(dataKey: WrappedKey, nonce: [UInt8], ciphertext: [UInt8]) {
        guard nonce.count == Self.nonceBytes, Self.ciphertextBytes.contains(ciphertext.count) else { return nil }
        self.dataKey = dataKey
        self.nonce = nonce
        self.ciphertext = ciphertext
    }

    private init(_ sealed: SealedSecret, rewrapped dataKey: WrappedKey) {
        self.dataKey = dataKey
        nonce = sealed.nonce
        ciphertext = sealed.ciphertext
    }

    /// Nil for whatever `text` did not give.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maxTextBytes else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].elementsEqual(Self.version.utf8), parts[1].elementsEqual(Self.algorithm.utf8),
            let kek = KeyName(Substring(parts[2])),
            let wrapped = Base64URL.decode(Substring(parts[3])), let dataKey = WrappedKey(kek: kek, bytes: wrapped),
            let nonce = Base64URL.decode(Substring(parts[4])),
            let ciphertext = Base64URL.decode(Substring(parts[5]))
        else { return nil }
        self.init(dataKey: dataKey, nonce: nonce, ciphertext: ciphertext)
    }

    /// What is stored.
    package var text: String {
        """
        \(Self.head)\(dataKey.kek)|\(Base64URL.encode(dataKey.bytes))|\(Base64URL.encode(nonce))\
        |\(Base64URL.encode(ciphertext))
        """
    }

    /// The same secret with its data key wrapped anew.
    package func rewrapped(_ dataKey: WrappedKey) -> SealedSecret {
        SealedSecret(self, rewrapped: dataKey)
    }
}

extension SealedSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "<sealed by \(dataKey.kek)>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
