import Crypto
package import Domain
import Foundation

/// The signature of SendGrid's event webhook: ECDSA P-256 over SHA-256 of the timestamp and the raw body.
package struct SendGridSignature: TimedSignature {
    private let key: P256.Signing.PublicKey

    /// What is older, or further ahead, was not just sent.
    package static let maxAge: Duration = .seconds(300)

    /// - Parameter publicKey: As SendGrid shows it: base64 of a SubjectPublicKeyInfo. Throws `bad_request` for none.
    package init(publicKey: String) throws(HubError) {
        guard let der = Data(base64Encoded: publicKey),
            let key = try? P256.Signing.PublicKey(derRepresentation: der)
        else { throw .badRequest("the verification key is none: copy it again from SendGrid's Event Webhook") }
        self.key = key
    }

    /// - Parameters:
    ///   - signature: `X-Twilio-Email-Event-Webhook-Signature`
    ///   - timestamp: `X-Twilio-Email-Event-Webhook-Timestamp`, in seconds.
    ///   - body: As it came, with the line end at its end.
    package func isGood(_ signature: String, timestamp: String, body: [UInt8], at moment: Timestamp) -> Bool {
        guard let seconds = Int64(timestamp), (0..<100_000_000_000).contains(seconds),
            let der = Data(base64Encoded: signature),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: der)
        else { return false }
        let age = moment - Timestamp(milliseconds: seconds * 1000)
        guard age <= Self.maxAge, age >= .zero - Self.maxAge else { return false }
        return key.isValidSignature(signature, for: Data(timestamp.utf8) + Data(body))
    }
}
