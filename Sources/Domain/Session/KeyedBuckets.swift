/// One token bucket for each key, for at most `maxKeys` keys.
///
/// Full buckets are forgotten when room is needed, which changes nothing. When all are in use, the fullest quarter
/// goes: those have the least to lose, and whoever was refused stays refused.
package struct KeyedBuckets<Key: Hashable & Sendable>: Sendable {
    private let capacity: Double
    private let refillPerSecond: Double
    private let maxKeys: Int
    private var buckets: [Key: TokenBucket] = [:]

    package init(capacity: Double, refillPerSecond: Double, maxKeys: Int) {
        self.capacity = capacity
        self.refillPerSecond = refillPerSecond
        self.maxKeys = max(maxKeys, 4)
    }

    package var count: Int { buckets.count }

    /// Takes `cost` tokens of `key` and returns nil, or takes nothing and returns how long to wait for them.
    package mutating func take(_ cost: Double = 1, for key: Key, at now: Timestamp) -> Duration? {
        if buckets[key] == nil, buckets.count >= maxKeys { makeRoom(at: now) }
        let new = TokenBucket(capacity: capacity, refillPerSecond: refillPerSecond, at: now)
        return buckets[key, default: new].take(cost, at: now)
    }

    /// Gives back what was taken for something that turned out to be welcome.
    package mutating func giveBack(_ cost: Double = 1, to key: Key) {
        buckets[key]?.giveBack(cost)
    }

    /// How full the bucket of `key` is, from 0 to 1.
    package mutating func level(of key: Key, at now: Timestamp) -> Double {
        buckets[key]?.level(at: now) ?? 1
    }

    private mutating func makeRoom(at now: Timestamp) {
        let levels = buckets.map { key, bucket in
            var bucket = bucket
            return (key: key, level: bucket.level(at: now))
        }
        let isUsed = levels.filter { $0.level < 1 }
        for entry in levels where entry.level >= 1 { buckets[entry.key] = nil }
        guard isUsed.count > maxKeys - maxKeys / 4 else { return }
        for entry in isUsed.sorted(by: { $0.level > $1.level }).prefix(maxKeys / 4) { buckets[entry.key] = nil }
    }
}
