/// How fast one service may be asked: a bucket that leaks steadily, and a pause that the service asked for.
package struct ServicePace: Sendable, Equatable {
    package enum Urgency: Sendable {
        /// Somebody waits for it.
        case soon
        /// Leaves half of what there is to what is urgent.
        case whenever
    }

    private var bucket: TokenBucket
    private var pausedUntil: Timestamp?

    /// - Parameter burst: Requests that may be made at once after a rest.
    package init(perMinute: Int, burst: Int, at moment: Timestamp) {
        bucket = TokenBucket(
            capacity: Double(min(burst, perMinute)), refillPerSecond: Double(perMinute) / 60, at: moment)
    }

    /// Takes a turn and returns nil, or returns how long to wait before asking again.
    package mutating func take(_ urgency: Urgency, at moment: Timestamp) -> Duration? {
        if let pausedUntil, moment < pausedUntil {
            return .milliseconds(pausedUntil.milliseconds - moment.milliseconds)
        }
        if urgency == .whenever, bucket.level(at: moment) < Self.reserve { return Self.patience }
        return bucket.take(1, at: moment)
    }

    /// The service said that it was too fast.
    package mutating func slowDown(_ asked: Duration?, at moment: Timestamp) {
        let pause = min(max(asked ?? Self.usualPause, Self.shortestPause), Self.longestPause)
        pausedUntil = max(pausedUntil ?? moment, moment + pause)
    }

    private static let reserve = 0.5
    private static let patience = Duration.milliseconds(500)
    private static let usualPause = Duration.seconds(5)
    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(300)
}
