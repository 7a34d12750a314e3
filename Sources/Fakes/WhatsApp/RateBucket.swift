/// A token bucket; times are seconds of one clock.
struct RateBucket: Sendable, Equatable {
    let capacity: Double
    let perSecond: Double
    private var level: Double
    private var filledAt: Double

    init(capacity: Double, perSecond: Double, at now: Double) {
        self.capacity = capacity
        self.perSecond = perSecond
        level = capacity
        filledAt = now
    }

    /// Returns whether there was one.
    mutating func take(at now: Double) -> Bool {
        level = min(capacity, level + max(0, now - filledAt) * perSecond)
        filledAt = now
        guard level >= 1 else { return false }
        level -= 1
        return true
    }
}
