import Crypto
import Domain

/// The header `X-Hub-Signature-256`: `sha256=` and HMAC-SHA256 over the raw body under the app secret, in hex.
package struct MetaSignature: WebhookSignature {
    private static let prefix = "sha256="
    private let key: SymmetricKey

    package init(appSecret: String) {
        key = SymmetricKey(data: Array(appSecret.utf8))
    }

    package func isGood(_ header: String, for body: [UInt8]) -> Bool {
        guard header.hasPrefix(Self.prefix), let code = Hex.decode(String(header.dropFirst(Self.prefix.count))) else {
            return false
        }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
    }
}
