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
        /// What is asked for contradicts what is there.
        case conflict
        /// There are fewer of something than were asked for; the message says how many.
        case notEnough = "not_enough"
        /// The thing was changed since the caller read it.
        case stale
        /// Members of a document are wrong; `fields` says which.
        case invalid
        /// An idempotency key came again with another request.
        case keyReused = "idempotency_key_reused"
        case busy
        case unavailable
        case `internal`
    }

    package let code: Code
    /// Says in plain words what is wrong and what to do; never holds a secret.
    package let message: String
    /// When a retry is sane.
    package let retryAfter: Duration?
    /// What is wrong with which member: of `invalid` all of them, of others what a program may want to know.
    package let fields: [FieldProblem]
    /// Of a reply that is outdated: the customer's messages that its author has not seen.
    package let missed: [RoomEvent]
    /// Of a message that came too late to be free: what may be sent instead.
    package let templates: [MessageTemplate]

    package init(
        _ code: Code,
        _ message: String,
        retryAfter: Duration? = nil,
        fields: [FieldProblem] = [],
        missed: [RoomEvent] = [],
        templates: [MessageTemplate] = []
    ) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.fields = fields
        self.missed = missed
        self.templates = templates
    }

    package static func badRequest(_ message: String) -> HubError { HubError(.badRequest, message) }
    package static func forbidden(_ message: String) -> HubError { HubError(.forbidden, message) }
    package static func notFound(_ message: String) -> HubError { HubError(.notFound, message) }
    package static func conflict(_ message: String) -> HubError { HubError(.conflict, message) }
    package static func unauthorized(_ message: String) -> HubError { HubError(.unauthorized, message) }

    package static func invalid(_ fields: [FieldProblem]) -> HubError {
        let names = fields.map { "\($0.field): \($0.detail)" }.joined(separator: "; ")
        return HubError(.invalid, "some members are not right: \(names)", fields: fields)
    }

    package static let stale = HubError(
        .stale, "it was changed since you read it: read it again and repeat your change")

    /// The store cannot be reached; what was sent may or may not be durable, and the same `mid` settles it.
    package static func unavailable(retryAfter: Duration = .seconds(1)) -> HubError {
        HubError(.unavailable, "The store is away. Send the same again, with the same mid.", retryAfter: retryAfter)
    }

    package static func busy(_ message: String, retryAfter: Duration = .milliseconds(500)) -> HubError {
        HubError(.busy, message, retryAfter: retryAfter)
    }
}
