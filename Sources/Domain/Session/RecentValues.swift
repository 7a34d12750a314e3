/// What was looked up lately, so that the same question at the same time by thousands is asked once.
///
/// Bounded by two generations: when the young one is full, the old one is forgotten and the young one grows old.
package struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let value: Value
        let until: Timestamp
    }

    private var young: [Key: Entry] = [:]
    private var old: [Key: Entry] = [:]
    private let capacity: Int
    private let lifetime: Duration

    /// - Parameters:
    ///   - capacity: The most values that are kept; 0 keeps none.
    ///   - lifetime: How long a value may be told after it was looked up.
    package init(capacity: Int, lifetime: Duration) {
        self.capacity = capacity
        self.lifetime = lifetime
    }

    package var count: Int { young.count + old.keys.count { young[$0] == nil } }

    package mutating func value(for key: Key, at now: Timestamp) -> Value? {
        guard let entry = young[key] ?? old[key], now < entry.until else { return nil }
        if young[key] == nil { keep(entry, for: key) }
        return entry.value
    }

    package mutating func put(_ value: Value, for key: Key, at now: Timestamp) {
        keep(Entry(value: value, until: now + lifetime), for: key)
    }

    private mutating func keep(_ entry: Entry, for key: Key) {
        guard capacity > 1 else { return }
        if young[key] == nil, young.count >= capacity / 2 {
            old = young
            young = [:]
        }
        young[key] = entry
    }
}
