import Crypto
import Domain

/// The key that fingerprints are made with: 32 random bytes, made once for a store and kept there, sealed.
///
/// It does not come from `ENCRYPTION_SECRET`: a new secret must not make the fingerprints of old codes void.
struct IndexKey: Sendable {
    /// Where it is kept; see `IndexKeyStore`.
    static let place = SecretPlace(table: "settings", record: "index_key", field: "value")

    /// What is sealed.
    let text: String
    private let codes: SymmetricKey
    private let integrationTokens: SymmetricKey
    let texts: IndexTextSeal

    static func make() -> IndexKey {
        IndexKey(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    /// Nil unless the text holds 32 bytes.
    init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == SealingKey.byteCount else { return nil }
        self.init(bytes)
    }

    private init(_ bytes: [UInt8]) {
        text = Base64URL.encode(bytes)
        let root = SymmetricKey(data: bytes)
        codes = Self.key(for: .code, from: root)
        integrationTokens = Self.key(for: .integrationToken, from: root)
        texts = IndexTextSeal(root: root)
    }

    /// HMAC-SHA256 in lower-case hex.
    func fingerprint(of secret: String, for use: FingerprintUse) -> String {
        let key =
            switch use {
            case .code: codes
            case .integrationToken: integrationTokens
            }
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(secret.utf8), using: key))
    }

    private static func key(for use: FingerprintUse, from root: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: root,
            info: Array(use.rawValue.utf8),
            outputByteCount: SealingKey.byteCount
        )
    }
}

extension IndexKey: CustomStringConvertible, CustomReflectable {
    var description: String { "<key>" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
