/// A rate limit: a bucket that holds some tokens and refills steadily.
///
/// Counts in whole billionths of a token, so that waiting exactly as long as it says is always enough. A clock
/// that is set back refills nothing for a moment, and locks nobody out.
package struct TokenBucket: Sendable, Equatable {
    private static let unitsPerToken = 1e9

    private let capacity: Int64
    private let unitsPerMillisecond: Int64
    private var units: Int64
    private var refilledAt: Timestamp

    /// Starts full. Brought into range: a capacity of 1 to 10⁹ tokens, a refill of 10⁻⁶ to 10⁹ per second.
    package init(capacity: Double, refillPerSecond: Double, at now: Timestamp) {
        self.capacity = Self.units(of: min(max(capacity, 1), 1e9))
        unitsPerMillisecond = max(1, Self.units(of: min(max(refillPerSecond, 1e-6), 1e9)) / 1000)
        units = self.capacity
        refilledAt = now
    }

    /// Takes `cost` tokens and returns nil, or takes nothing and returns how long to wait for them.
    ///
    /// More than the capacity costs as much as the capacity: it empties a full bucket.
    package mutating func take(_ cost: Double, at now: Timestamp) -> Duration? {
        refill(at: now)
        let price = price(of: cost)
        guard price > units else {
            units -= price
            return nil
        }
        return .milliseconds((price - units + unitsPerMillisecond - 1) / unitsPerMillisecond)
    }

    /// Gives back what was taken for something that turned out to be welcome.
    package mutating func giveBack(_ cost: Double) {
        units = min(capacity, units + price(of: cost))
    }

    /// Whether forgetting this bucket would change nothing.
    package mutating func isFull(at now: Timestamp) -> Bool {
        refill(at: now)
        return units == capacity
    }

    /// How full it is, from 0 to 1.
    package mutating func level(at now: Timestamp) -> Double {
        refill(at: now)
        return Double(units) / Double(capacity)
    }

    private mutating func refill(at now: Timestamp) {
        defer { refilledAt = now }
        guard now > refilledAt else { return }
        let missing = capacity - units
        let elapsed = now.milliseconds - refilledAt.milliseconds
        // Compared by division, because the product of a long time may not fit.
        units += elapsed > missing / unitsPerMillisecond ? missing : elapsed * unitsPerMillisecond
    }

    private func price(of cost: Double) -> Int64 {
        cost * Self.unitsPerToken < Double(capacity) ? Self.units(of: max(cost, 0)) : capacity
    }

    private static func units(of tokens: Double) -> Int64 {
        Int64((tokens * unitsPerToken).rounded())
    }
}
