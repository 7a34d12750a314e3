/// Tells whether a webhook's body comes from who has the secret.
package protocol WebhookSignature: Sendable {
    /// Whether `header` signs exactly these bytes, in a time that does not depend on where it differs.
    func isGood(_ header: String, for body: [UInt8]) -> Bool
}

/// As `WebhookSignature`, of who signs the address with the fields of the form.
package protocol FormSignature: Sendable {
    func isGood(_ header: String, for request: TwilioSignedRequest, body: [UInt8]) -> Bool
}

/// As `WebhookSignature`, of who signs the time as well.
package protocol TimedSignature: Sendable {
    /// False as well for what was not just sent.
    func isGood(_ signature: String, timestamp: String, body: [UInt8], at moment: Timestamp) -> Bool
}
