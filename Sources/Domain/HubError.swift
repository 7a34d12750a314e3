/// An error that a client is told, with one of the codes of the wire contract.
package struct HubError: Error, Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        case badRequest = "bad_request"
        case unauthorized
        case forbidden
        case notFound = "not_found"
        case notJoined = "not_joined"
        case tooLarge = "too_large"
        case rateLimited = "rate_limited"
        case midConflict = "mid_conflict"
        case busy
        case unavailable
        case `internal`
    }

    package let code: Code
    /// Says in plain words what is wrong and what to do; never holds a secret.
    package let message: String
    /// When a retry is sane.
    package let retryAfter: Duration?

    package init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    package static func badRequest(_ message: String) -> HubError { HubError(.badRequest, message) }
    package static func forbidden(_ message: String) -> HubError { HubError(.forbidden, message) }
    package static func notFound(_ message: String) -> HubError { HubError(.notFound, message) }
    package static func unauthorized(_ message: String) -> HubError { HubError(.unauthorized, message) }

    /// The store cannot be reached; what was sent may or may not be durable, and the same `mid` settles it.
    package static func unavailable(retryAfter: Duration = .seconds(1)) -> HubError {
        HubError(.unavailable, "The store is away. Send the same again, with the same mid.", retryAfter: retryAfter)
    }

    package static func busy(_ message: String, retryAfter: Duration = .milliseconds(500)) -> HubError {
        HubError(.busy, message, retryAfter: retryAfter)
    }
}
