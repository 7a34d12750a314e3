import Crypto
import Domain

/// Seals texts under a key that comes from the index key, so that it is there as long as the store is open.
///
/// As text `t1|<key>|<nonce>|<ciphertext and tag>`, bytes in base64url. The key's id comes from the key as well: a
/// store that was given a new index key can tell what the lost one sealed.
struct IndexTextSeal: TextSeal {
    private static let version = "t1"
    /// They go into the keys: changing one makes all that was sealed void.
    private static let keyInfo = "seal of texts v1"
    private static let nameInfo = "name of the seal of texts v1"
    private static let nameBytes = 8

    private let key: SealingKey
    private let name: String

    init(root: SymmetricKey) {
        key = SealingKey(Self.derived(root, Self.keyInfo, SealingKey.byteCount))
        name = Hex.encode(Self.derived(root, Self.nameInfo, Self.nameBytes).withUnsafeBytes { Array($0) })
    }

    func seal(_ text: String, at place: SecretPlace) throws(HubError) -> String {
        guard text.utf8.count <= SealedSecret.maxSecretBytes else {
            throw HubError(.tooLarge, "A sealed text has at most \(SealedSecret.maxSecretBytes) bytes.")
        }
        let sealed = try key.seal(Array(text.utf8), authenticating: associatedData(place))
        return "\(Self.version)|\(name)|\(Base64URL.encode(sealed.nonce))|\(Base64URL.encode(sealed.ciphertext))"
    }

    func open(_ sealed: String, at place: SecretPlace) throws(HubError) -> String? {
        let parts = sealed.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == Self.version, parts[1].utf8.count == Self.nameBytes * 2,
            let nonce = Base64URL.decode(parts[2]), let ciphertext = Base64URL.decode(parts[3])
        else { throw .cannotOpenSecret }
        guard parts[1] == name else { return nil }
        let bytes = try key.open(
            SealingKey.Sealed(nonce: nonce, ciphertext: ciphertext), authenticating: associatedData(place))
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .cannotOpenSecret }
        return text
    }

    private func associatedData(_ place: SecretPlace) -> [UInt8] {
        Array("\(Self.version)|\(name)|".utf8) + place.associatedData
    }

    private static func derived(_ root: SymmetricKey, _ info: String, _ count: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array(info.utf8), outputByteCount: count)
    }
}
