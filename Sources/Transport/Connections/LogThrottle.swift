import NIOCore

/// Lets one line through in a while: a flood must not become a flood of log lines.
struct LogThrottle: Sendable {
    private let pause: TimeAmount
    private var quietUntil: NIODeadline?
    private var count = 0

    init(pause: TimeAmount = .seconds(10)) {
        self.pause = pause
    }

    /// How often it happened since the last line, this time included; nil when it is too early for another line.
    mutating func happened(at now: NIODeadline) -> Int? {
        count += 1
        if let quietUntil, now < quietUntil { return nil }
        quietUntil = now + pause
        defer { count = 0 }
        return count
    }
}
