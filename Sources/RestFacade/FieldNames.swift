import HTTPTypes

extension HTTPField.Name {
    static let requestID = known("X-Request-ID")
    static let forwardedFor = known("X-Forwarded-For")
    static let frameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let crossOriginResourcePolicy = known("Cross-Origin-Resource-Policy")
    static let lastEventID = known("Last-Event-ID")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token of RFC 9110") }
        return name
    }
}
