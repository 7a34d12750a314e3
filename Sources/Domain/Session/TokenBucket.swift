/// A rate limit: a bucket that holds some tokens and refills steadily.
package struct TokenBucket: Sendable, Equatable {
    private var tokens: Double
    private var refilledAt: Timestamp
    private let capacity: Double
    private let refillPerSecond: Double

    /// Starts full.
    package init(capacity: Double, refillPerSecond: Double, at now: Timestamp) {
        self.capacity = capacity
        self.refillPerSecond = refillPerSecond
        tokens = capacity
        refilledAt = now
    }

    /// Takes `cost` tokens and returns nil, or takes nothing and returns how long to wait for them.
    package mutating func take(_ cost: Double, at now: Timestamp) -> Duration? {
        refill(at: now)
        guard tokens < cost else {
            tokens -= cost
            return nil
        }
        return .milliseconds(Int64(((cost - tokens) / refillPerSecond * 1000).rounded(.up)))
    }

    /// Whether forgetting this bucket would change nothing.
    package mutating func isFull(at now: Timestamp) -> Bool {
        refill(at: now)
        return tokens >= capacity
    }

    private mutating func refill(at now: Timestamp) {
        guard now > refilledAt else { return }
        let elapsed = Double((now - refilledAt).milliseconds) / 1000
        tokens = min(capacity, tokens + elapsed * refillPerSecond)
        refilledAt = now
    }
}
