import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Who a request speaks for, by its `Authorization: Bearer` (RFC 6750 section 2.1).
struct BearerAuthentication: Sendable {
    let gatekeeper: Gatekeeper

    /// Throws `unauthorized`.
    func requester(of request: Request) async throws -> Requester {
        try await gatekeeper.requester(bearer: Self.token(in: request.headers[.authorization]))
    }

    /// The sign-in of a member of staff. Throws `unauthorized`, or `forbidden` for an API token and for a visitor.
    func signIn(of request: Request) async throws -> (user: User, family: SessionID) {
        let token = try Self.token(in: request.headers[.authorization])
        guard token.utf8.contains(UInt8(ascii: ".")) else {
            throw HubError.forbidden("this is for staff who signed in")
        }
        let (user, claims) = try await gatekeeper.staff(accessToken: token)
        return (user, claims.family)
    }

    private static func token(in authorization: String?) throws(HubError) -> String {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw .unauthorized("send Authorization: Bearer and your token")
        }
        return String(parts[1])
    }
}
