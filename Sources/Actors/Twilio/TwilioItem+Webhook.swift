package import Domain

extension TwilioItem: WebhookItem {
    /// Twilio does not say.
    package var happenedAt: Timestamp? { nil }
}
