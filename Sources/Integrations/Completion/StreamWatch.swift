import Synchronization

/// Notices that a stream stands still, or goes on for too long.
final class StreamWatch: Sendable {
    private let end: ContinuousClock.Instant
    private let between: Duration
    private let due: Mutex<ContinuousClock.Instant>

    /// The time begins now.
    init(first: Duration, between: Duration, whole: Duration) {
        let now = ContinuousClock.now
        end = now + whole
        self.between = between
        due = Mutex(min(end, now + first))
    }

    func progressed() {
        due.withLock { $0 = min(end, .now + between) }
    }

    /// Returns when nothing has come for too long. Throws when the task is cancelled.
    func wait() async throws {
        while true {
            let moment = due.withLock { $0 }
            let now = ContinuousClock.now
            guard moment > now else { return }
            // The first piece may bring the moment nearer.
            try await Task.sleep(until: min(moment, now + between))
        }
    }
}
