/// How long somebody in the queue will probably wait: an interval, or the honest "unknown".
///
/// It is reckoned from the pace: the moments, of the last hour and at most `maxMoments`, at which somebody who had
/// waited was given to an agent. With n moments since the oldest one, t ago, one comes every g = t / (n − 1); the time
/// since the last one counts, so a queue that stands still promises less and less. Whoever is at place p waits
/// p × g, give or take one standard deviation of p such steps whose length is itself known from n − 1 steps only:
/// g × √(p + p² / (n − 1)). About two of three customers wait within the interval. Minutes are rounded outwards.
///
/// Customers who were given away in one stroke, say to an agent who just came online, are one moment: such a stroke
/// does not come again at that pace. Whoever was served at once does not count, because they say nothing of waiting.
package enum WaitingEstimate: Sendable, Equatable {
    /// There is too little to know from, nobody is here, or it would be longer than `maxWait`.
    case unknown
    /// In whole minutes; the second is at least one minute.
    case between(Duration, Duration)

    package static let minMoments = 5
    package static let maxMoments = 20
    package static let window = Duration.seconds(3600)
    /// Beyond it a number would only sound exact.
    package static let maxWait = Duration.seconds(4 * 3600)
    /// Whoever waited less was served at once.
    package static let shortestWait = Duration.seconds(5)

    /// - Parameters:
    ///   - position: 1 is next.
    ///   - pace: Rising moments.
    package init(position: Int, pace: [Timestamp], at now: Timestamp) {
        let recent = pace.suffix(Self.maxMoments).filter { $0 <= now && $0 >= now - Self.window }
        guard position > 0, recent.count >= Self.minMoments, let oldest = recent.first, oldest < now else {
            self = .unknown
            return
        }
        let steps = Double(recent.count - 1)
        let step = Double((now - oldest).milliseconds) / steps
        let place = Double(position)
        let deviation = step * (place + place * place / steps).squareRoot()
        let (low, high) = (max(0, place * step - deviation), place * step + deviation)
        guard high <= Double(Self.maxWait.milliseconds) else {
            self = .unknown
            return
        }
        self = .between(.seconds(60 * Int64(low / 60_000)), .seconds(60 * max(1, Int64((high / 60_000).rounded(.up)))))
    }

    /// `pace` after somebody was given away at `moment`, kept short.
    static func noting(_ moment: Timestamp, in pace: [Timestamp]) -> [Timestamp] {
        guard pace.last.map({ $0 < moment }) ?? true else { return pace }
        return Array((pace + [moment]).suffix(maxMoments))
    }
}
