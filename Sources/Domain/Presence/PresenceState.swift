/// How available somebody is.
package enum PresenceState: String, Sendable, CaseIterable {
    case offline, away, busy, online

    /// A person is the best of their connections.
    package var rank: Int {
        switch self {
        case .offline: 0
        case .away: 1
        case .busy: 2
        case .online: 3
        }
    }
}
