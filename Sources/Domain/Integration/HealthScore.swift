/// How well a service did lately, from 0 to 100: the newest findings weigh most.
///
/// Each finding weighs nine tenths of the one after it. What was good counts 1, what was limited ½, all else 0. What
/// was not configured says nothing. What was sent lately counts as well: the more of it, the more, up to half.
package struct HealthScore: Sendable, Equatable {
    package static let maxFindings = 20
    private static let decay = 0.9
    /// From so many on, what was sent counts half.
    private static let fullSends = 20.0

    package let value: Int
    /// What it was taken down by, the newest first, each once.
    package let reasons: [StatusFinding.Outcome]
    /// What became of what was sent lately; nil where nothing is sent.
    package let sends: ChannelSends?

    /// Nil when there is nothing to judge by.
    ///
    /// - Parameter outcomes: Of tests, the newest first.
    package init?(_ outcomes: [StatusFinding.Outcome], sends: ChannelSends? = nil) {
        var (sum, most, weight) = (0.0, 0.0, 1.0)
        var reasons: [StatusFinding.Outcome] = []
        for outcome in outcomes.lazy.filter({ $0 != .notConfigured }).prefix(Self.maxFindings) {
            sum += outcome.worth * weight
            most += weight
            weight *= Self.decay
            if outcome != .ok, !reasons.contains(outcome) { reasons.append(outcome) }
        }
        self.reasons = reasons
        self.sends = sends
        let tests = most > 0 ? sum / most : nil
        let live = sends.flatMap { $0.all > 0 ? Double($0.sent) / Double($0.all) : nil }
        let score: Double
        switch (tests, live) {
        case (nil, nil): return nil
        case (let tests?, nil): score = tests
        case (nil, let live?): score = live
        case (let tests?, let live?):
            let share = min(Double(sends?.all ?? 0) / Self.fullSends, 1) / 2
            score = tests * (1 - share) + live * share
        }
        value = Int((100 * score).rounded())
    }
}

extension StatusFinding.Outcome {
    fileprivate var worth: Double {
        switch self {
        case .ok: 1
        case .limited: 0.5
        case .notConfigured, .badCredential, .badConfig, .unreachable, .error: 0
        }
    }
}
