/// How long to pause after failures in a row: doubled each time, with jitter, so that hubs do not march in step.
struct PostgresBackoff: Sendable {
    private let first: Duration
    private let longest: Duration

    init(_ limits: PostgresLimits) {
        first = limits.minBackoff
        longest = limits.maxBackoff
    }

    /// `jitter` from 0 to 1 gives one half to all of the full pause.
    func pause(afterFailures failures: Int, jitter: Double) -> Duration {
        // 2^20 times anything sane is beyond any sane cap.
        let full = min(longest, first * (1 << min(max(failures - 1, 0), 20)))
        return full * (0.5 + 0.5 * jitter)
    }
}
