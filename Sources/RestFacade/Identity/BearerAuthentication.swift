import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Who a request speaks for, by its `Authorization: Bearer` (RFC 6750 section 2.1).
struct BearerAuthentication: Sendable {
    let gatekeeper: Gatekeeper

    /// Throws `unauthorized`.
    func principal(of request: Request) async throws -> Principal {
        try await principal(authorization: request.headers[.authorization])
    }

    /// Throws `unauthorized`.
    func principal(authorization: String?) async throws -> Principal {
        try await gatekeeper.principal(bearer: Self.token(in: authorization))
    }

    /// Throws `unauthorized`, or `forbidden` for a visitor.
    func staff(of request: Request) async throws -> User {
        guard case .staff(let user) = try await principal(of: request) else {
            throw HubError.forbidden("this is for staff")
        }
        return user
    }

    /// Throws `unauthorized`, or `forbidden` for a visitor.
    func caller(of request: Request) async throws -> Caller {
        try await gatekeeper.caller(bearer: Self.token(in: request.headers[.authorization]))
    }

    private static func token(in authorization: String?) throws(HubError) -> String {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw .unauthorized("send Authorization: Bearer and your token")
        }
        return String(parts[1])
    }
}
