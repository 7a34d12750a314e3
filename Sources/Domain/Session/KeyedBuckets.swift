/// A token bucket for each of many keys, within bounded memory.
package struct KeyedBuckets<Key: Hashable & Sendable>: Sendable {
    private var buckets: [Key: TokenBucket] = [:]
    private let capacity: Double
    private let refillPerSecond: Double
    private let maxKeys: Int

    /// - Parameter maxKeys: Keys remembered. At the bound buckets that are full again are forgotten first, which
    ///   changes nothing; if there are none, all are, which forgives once.
    package init(capacity: Double, refillPerSecond: Double, maxKeys: Int = 10_000) {
        self.capacity = capacity
        self.refillPerSecond = refillPerSecond
        self.maxKeys = maxKeys
    }

    /// Takes `cost` tokens from the key's bucket and returns nil, or takes nothing and returns how long to wait.
    package mutating func take(_ cost: Double, for key: Key, at now: Timestamp) -> Duration? {
        if buckets[key] == nil {
            makeRoom(at: now)
            buckets[key] = TokenBucket(capacity: capacity, refillPerSecond: refillPerSecond, at: now)
        }
        return buckets[key]?.take(cost, at: now)
    }

    private mutating func makeRoom(at now: Timestamp) {
        guard buckets.count >= maxKeys else { return }
        buckets = buckets.filter { entry in
            var bucket = entry.value
            return !bucket.isFull(at: now)
        }
        if buckets.count >= maxKeys { buckets = [:] }
    }
}
