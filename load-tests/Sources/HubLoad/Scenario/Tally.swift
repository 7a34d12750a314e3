import Histogram

/// What was counted since the beginning, or since the last reset of the latencies.
struct Tally {
    var deliveries = 0
    /// Deliveries whose number had been delivered before.
    var duplicates = 0
    /// Deliveries that came before one with a lower number.
    var gaps = 0
    /// Times a member was told that it is behind.
    var behind = 0
    /// Times a member was told to come back later.
    var retries = 0
    var refusals = 0
    /// Pieces of answers that grow, and the links that got any.
    var deltas = 0
    var growing: Set<Int> = []
    var firstRefusal: String?
    /// Microseconds from the moment a message was due to its delivery; what is above a minute counts as one.
    private var latencies = Histogram<UInt64>(highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: .three)

    func percentile(_ percent: Double) -> UInt64 {
        latencies.valueAtPercentile(percent)
    }

    mutating func forgetLatencies() {
        latencies.reset()
    }

    mutating func record(nanoseconds: UInt64) {
        _ = latencies.record(min(nanoseconds / 1000, 60_000_000))
    }
}
