/// Keeps requests from a service that does not work, and tries it with one of them now and then.
///
///     closed ─▶ open ─▶ trying ─▶ closed
///                ▲         └────▶ open
package struct CircuitBreaker: Sendable, Equatable {
    private enum State: Sendable, Equatable {
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant)
        /// One request is under way; it ends by itself, or this moment passes.
        case trying(until: ContinuousClock.Instant)
    }

    /// In a row.
    private let maxFailures: Int
    private let pause: Duration
    private var state = State.closed(failures: 0)

    package init(maxFailures: Int = 5, pause: Duration = .seconds(30)) {
        self.maxFailures = maxFailures
        self.pause = pause
    }

    package var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    /// Whether a request may be made; then `succeeded`, `failed` or `gaveUp` follows.
    package mutating func admits(at now: ContinuousClock.Instant) -> Bool {
        switch state {
        case .closed: return true
        case .open(let until), .trying(let until):
            guard now >= until else { return false }
            state = .trying(until: now + pause)
            return true
        }
    }

    package mutating func succeeded() {
        state = .closed(failures: 0)
    }

    package mutating func failed(at now: ContinuousClock.Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < maxFailures: state = .closed(failures: failures + 1)
        case .closed, .trying: state = .open(until: now + pause)
        // One that began before it opened.
        case .open: break
        }
    }

    /// The request says nothing of the service: it was wrong itself, or nobody wanted the answer any more.
    package mutating func gaveUp(at now: ContinuousClock.Instant) {
        if case .trying = state { state = .open(until: now) }
    }
}
