import Crypto
package import Domain
import Foundation

/// The headers that prove a delivery to be ours, after the public scheme of Standard Webhooks.
package struct HookSignature: Sendable {
    private let secrets: [HookSecret]

    /// - Parameter secrets: Each signs; the present one first.
    package init(_ secrets: [HookSecret]) {
        self.secrets = secrets
    }

    /// `webhook-id`, `webhook-timestamp` (of this try, in seconds) and `webhook-signature`.
    package func headers(for body: String, id: String, at moment: Timestamp) -> [(String, String)] {
        let timestamp = String(moment.milliseconds / 1000)
        let signed = Array("\(id).\(timestamp).\(body)".utf8)
        let signatures = secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
            return "v1," + Data(code).base64EncodedString()
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", timestamp),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}
