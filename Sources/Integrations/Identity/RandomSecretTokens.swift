import Crypto
import Domain

/// Bearer secrets from the system's random numbers, and the site's vouching for its users.
///
/// The identity key is what `hub identity-key` prints: 64 hexadecimal digits. A site uses that text as it
/// stands as its HMAC key, e.g. in PHP `hash_hmac('sha256', $userId, $identityKey)`.
package struct RandomSecretTokens: SecretTokens {
    /// 64 lower-case hexadecimal digits; a secret of the site's server.
    package let identityKeyHex: String
    private let identityKey: SymmetricKey

    package init(secret: MasterSecret) {
        identityKeyHex = secret.key(for: .visitorIdentity).withUnsafeBytes { Hex.encode($0) }
        identityKey = SymmetricKey(data: Array(identityKeyHex.utf8))
    }

    package func make() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.encode($0) }
    }

    package func digest(_ token: String) -> String {
        Hex.encode(SHA256.hash(data: Array(token.utf8)))
    }

    package func isValidIdentity(userID: String, signature: String) -> Bool {
        guard let code = Hex.decode(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(userID.utf8), using: identityKey)
    }

    /// What a site computes to vouch for one of its users: lower-case hex HMAC-SHA256 of the id.
    package func identitySignature(userID: String) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(userID.utf8), using: identityKey))
    }
}

extension RandomSecretTokens: CustomStringConvertible, CustomReflectable {
    package var description: String { "RandomSecretTokens" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
