/// What Zid says to a grant.
package enum ZidGrantAnswer: Sendable, Equatable {
    case keys(ZidNewKeys)
    case no(ZidUpkeepProblem)
    /// - Parameter mayHaveHappened: Whether Zid may have given keys that did not arrive, and used the grant up.
    case later(ZidUpkeepProblem, retryAfter: Duration?, mayHaveHappened: Bool)

    /// Of the token endpoint (RFC 6749 section 5.2).
    package init(status: Int, json: JSONValue?, retryAfter: Duration?, at moment: Timestamp) {
        switch (status, json?["error"]?.string) {
        case (200...299, _):
            self =
                ZidNewKeys(json: json, at: moment).map(Self.keys)
                ?? .later(.unclear, retryAfter: nil, mayHaveHappened: true)
        case (_, "invalid_client"?), (_, "unauthorized_client"?), (401, _): self = .no(.clientRefused)
        case (_, "invalid_grant"?): self = .no(.grantRefused)
        case (429, _): self = .later(.limited, retryAfter: retryAfter, mayHaveHappened: false)
        case (500..., _): self = .later(.unreachable, retryAfter: retryAfter, mayHaveHappened: true)
        default: self = .later(.unclear, retryAfter: retryAfter, mayHaveHappened: false)
        }
    }
}
