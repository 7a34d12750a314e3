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

    private static func token(in authorization: String?) throws(HubError) -> String {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw .unauthorized("send Authorization: Bearer and your token")
        }
        return String(parts[1])
    }
}
