/// How one request to a provider ended.
package enum SendOutcome: Sendable, Equatable {
    /// The provider took it, under this id.
    case accepted(String)
    /// As `accepted`, and no reports will follow.
    case sent(String)
    case refused(SendRefusal)
    /// It may have gone out: the answer was lost, or did not come in time.
    case unsure(OutboxProblem)
    /// Nothing of it has left: the connection could not be made.
    case notSent(OutboxProblem)
}

/// A request that a provider refused.
package struct SendRefusal: Sendable, Equatable {
    package let kind: RefusalKind
    package let problem: OutboxProblem
    /// How long the provider asks to wait.
    package let retryAfter: Duration?

    package init(_ kind: RefusalKind, _ problem: OutboxProblem, retryAfter: Duration? = nil) {
        self.kind = kind
        self.problem = problem
        self.retryAfter = retryAfter
    }
}

/// What a refusal asks for.
package enum RefusalKind: Sendable, Equatable {
    /// It may pass by itself.
    case retry
    /// As `retry`, but once: then it stays.
    case retryOnce
    /// Too fast for this recipient: 4^X seconds, X = 0, 1, 2, …
    case retryPair
    /// Too fast for the sender: all that it sends has to wait.
    case retrySlowNumber
    /// The key is bad or lacks a right; nothing gets through until a person acts.
    case auth
    /// The sender is not set up; as `auth`.
    case config
    /// The account is locked or forbidden; as `auth`.
    case blocked
    /// The sender may only answer for a while; what it begins by itself is refused.
    case restricted
    case permanent
    /// As `permanent`; another message may be tried after this time.
    case permanentUntil(Duration)

    /// Whether nothing that the number sends would get through.
    package var stopsNumber: Bool {
        switch self {
        case .auth, .config, .blocked: true
        case .retry, .retryOnce, .retryPair, .retrySlowNumber, .restricted, .permanent, .permanentUntil: false
        }
    }

    /// For metrics and logs.
    package var name: String {
        switch self {
        case .retry: "retry"
        case .retryOnce: "retry_once"
        case .retryPair: "pair_rate"
        case .retrySlowNumber: "number_rate"
        case .auth: "auth"
        case .config: "config"
        case .blocked: "blocked"
        case .restricted: "restricted"
        case .permanent: "permanent"
        case .permanentUntil: "permanent_until"
        }
    }
}
