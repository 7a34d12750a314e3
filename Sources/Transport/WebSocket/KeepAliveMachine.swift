package import NIOCore

/// Decides when to ping, and when a silent peer is gone.
///
/// Pings go out at a fixed pace. Whatever the peer sends counts as life, not only pongs: a peer that uploads over a slow
/// line is not dead. The driver asks `timePassed` at `deadline`, or at any coarser pace (a wheel).
package struct KeepAliveMachine: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case none
        case sendPing
        /// Nothing came within the timeout after a ping: close with 4201. Said once.
        case timedOut
    }

    private enum State: Hashable {
        /// The peer has been heard since the last ping. Can become: `waiting`.
        case calm
        /// A ping is out and nothing has come since. Can become: `calm`, `timedOut`.
        case waiting(until: NIODeadline)
        case timedOut
    }

    private let interval: TimeAmount
    private let timeout: TimeAmount
    private var nextPing: NIODeadline
    private var state = State.calm

    /// - Parameters:
    ///   - interval: time from ping to ping.
    ///   - timeout: how long after a ping something must have come. It may be longer than the interval.
    ///   - firstPing: when to begin. Connections that were made together should begin apart.
    package init(interval: TimeAmount, timeout: TimeAmount, firstPing: NIODeadline) {
        self.interval = interval
        self.timeout = timeout
        self.nextPing = firstPing
    }

    /// When `timePassed` has something to decide.
    package var deadline: NIODeadline {
        switch self.state {
        case .calm: self.nextPing
        case .waiting(let until): min(self.nextPing, until)
        case .timedOut: .distantFuture
        }
    }

    /// Bytes came in, whatever they are.
    package mutating func received() {
        switch self.state {
        case .calm, .timedOut: break
        case .waiting: self.state = .calm
        }
    }

    package mutating func timePassed(now: NIODeadline) -> Action {
        switch self.state {
        case .calm:
            guard now >= self.nextPing else { return .none }
            self.state = .waiting(until: now + self.timeout)
        case .waiting(let until):
            if now >= until {
                self.state = .timedOut
                return .timedOut
            }
            // Another ping does not give a silent peer more time.
            guard now >= self.nextPing else { return .none }
        case .timedOut:
            return .none
        }
        // Counted from now: after a pause of the whole machine one ping is enough.
        self.nextPing = now + self.interval
        return .sendPing
    }
}
