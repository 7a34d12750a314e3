/// Tells whether a webhook's body comes from who has the secret.
package protocol WebhookSignature: Sendable {
    /// Whether `header` signs exactly these bytes, in a time that does not depend on where it differs.
    func isGood(_ header: String, for body: [UInt8]) -> Bool
}
