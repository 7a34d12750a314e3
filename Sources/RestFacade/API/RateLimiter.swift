import Domain
import Synchronization

/// How many requests each caller or address may send; shared by all event loops.
final class RateLimiter: Sendable {
    struct Decision: Sendable, Equatable {
        /// Nil when the request may pass.
        let retryAfter: Duration?
        /// Requests that may follow at once.
        let remaining: Int
        /// Until all of `limit` may follow at once again.
        let reset: Duration

        /// Throws `rate_limited` when the request may not pass.
        func pass() throws(HubError) {
            guard let retryAfter else { return }
            throw HubError(.rateLimited, "too many requests: wait and send it again", retryAfter: retryAfter)
        }
    }

    /// Requests at once.
    let limit: Int
    /// In which as many are allowed again.
    let window = Duration.seconds(60)
    /// What every answer says of it.
    let limitText: String
    let policyText: String
    private let buckets: Mutex<KeyedBuckets<String>>

    init(_ rate: RequestRate) {
        limit = rate.perMinute
        limitText = String(limit)
        policyText = "\"caller\";q=\(limit);w=\(window.milliseconds / 1000)"
        buckets = Mutex(
            KeyedBuckets(
                capacity: Double(limit),
                refillPerSecond: Double(limit) / (window / .seconds(1)),
                maxKeys: rate.maxCallers
            ))
    }

    func take(_ key: String, at now: Timestamp) -> Decision {
        buckets.withLock { buckets in
            let retryAfter = buckets.take(for: key, at: now)
            let level = buckets.level(of: key, at: now)
            return Decision(
                retryAfter: retryAfter,
                remaining: Int(level * Double(limit)),
                reset: window * (1 - level)
            )
        }
    }
}
