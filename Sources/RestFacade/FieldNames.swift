import HTTPTypes

extension HTTPField.Name {
    static let requestID = known("X-Request-ID")
    static let forwardedFor = known("X-Forwarded-For")
    static let frameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let crossOriginResourcePolicy = known("Cross-Origin-Resource-Policy")
    static let hubSignature = known("X-Hub-Signature-256")
    static let twilioSignature = known("X-Twilio-Signature")
    static let sendGridSignature = known("X-Twilio-Email-Event-Webhook-Signature")
    static let sendGridTimestamp = known("X-Twilio-Email-Event-Webhook-Timestamp")
    static let lastEventID = known("Last-Event-ID")

    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let rateLimit = known("RateLimit")
    static let rateLimitPolicy = known("RateLimit-Policy")
    static let rateLimitLimit = known("RateLimit-Limit")
    static let rateLimitRemaining = known("RateLimit-Remaining")
    static let rateLimitReset = known("RateLimit-Reset")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token of RFC 9110") }
        return name
    }
}
