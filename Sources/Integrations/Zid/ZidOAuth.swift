package import Domain
import NIOHTTP1

/// New keys of a store, from Zid's OAuth. Source: Zid "Authorization"; RFC 6749 sections 5 and 6.
package struct ZidOAuth: ZidKeyIssuer {
    private let client: OutboundClient
    private let timeout: Duration
    private let now: @Sendable () -> Timestamp

    /// - Parameter client: For an address that owners typed.
    package init(client: OutboundClient, timeout: Duration, now: @escaping @Sendable () -> Timestamp) {
        self.client = client
        self.timeout = timeout
        self.now = now
    }

    package func exchange(_ grant: ZidGrant) async -> ZidGrantAnswer {
        switch await client.send(OutboundRequest(.POST, grant.address, form: grant.form), within: timeout) {
        case .failed(.forbidden, _), .failed(.untrusted, _): .no(.addressForbidden)
        case .failed(_, let hasLeft): .later(.unreachable, retryAfter: nil, mayHaveHappened: hasLeft)
        case .answer(let answer):
            ZidGrantAnswer(
                status: answer.status, json: answer.isPage ? nil : answer.json, retryAfter: answer.retryAfter, at: now()
            )
        }
    }
}
