import Crypto
package import Domain
import Foundation

/// The header `X-Twilio-Signature`: HMAC-SHA1 under the account's token, in base64.
package struct TwilioSignature: FormSignature {
    private let key: SymmetricKey

    package init(_ account: TwilioAccount) { self.init(token: account.token) }

    init(token: String) { key = SymmetricKey(data: Array(token.utf8)) }

    /// - Parameter body: As it came; needed when it is no form.
    package func isGood(_ header: String, for request: TwilioSignedRequest, body: [UInt8] = []) -> Bool {
        if let digest = request.bodyDigest {
            guard Hex.encode(SHA256.hash(data: body)) == digest.lowercased() else { return false }
        }
        guard let code = Data(base64Encoded: header) else { return false }
        return request.candidates.contains { text in
            HMAC<Insecure.SHA1>.isValidAuthenticationCode(code, authenticating: Array(text.utf8), using: key)
        }
    }
}
