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

    /// What is in it.
    func level(at now: Double) -> Double {
        min(capacity, level + max(0, now - filledAt) * perSecond)
    }

    /// Seconds until it holds this much; nil when it never does.
    func wait(for count: Double, at now: Double) -> Double? {
        let missing = count - level(at: now)
        if missing <= 0 { return 0 }
        guard count <= capacity, perSecond > 0 else { return nil }
        return missing / perSecond
    }

    /// Returns whether there was as much.
    mutating func take(_ count: Double = 1, at now: Double) -> Bool {
        level = level(at: now)
        filledAt = now
        guard level >= count else { return false }
        level -= count
        return true
    }
}
