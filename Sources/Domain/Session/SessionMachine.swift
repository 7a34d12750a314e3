/// Decides for one connection what a frame may do: first `auth`, then everything, within its rate.
///
///     awaiting ──auth──▶ authenticating ──accepted──▶ live ──(auth again)──▶ live
///         │                    │ refused: back to awaiting, or closed for a bad token
///         └─────── time is up, too many errors, token ended ───────▶ closed
package struct SessionMachine: Sendable {
    package enum State: Sendable, Equatable {
        /// Nothing proved yet. Can become: authenticating, closed.
        case awaiting(deadline: Timestamp)
        /// A token is being checked; what arrives meanwhile waits. Can become: live, awaiting, closed.
        case authenticating(deadline: Timestamp)
        /// Can become: closed.
        case live(expiresAt: Timestamp?, wasWarned: Bool)
        case closed
    }

    package enum FrameKind: Sendable, Equatable {
        case auth, ping, operation
    }

    package enum Verdict: Sendable, Equatable {
        case handle
        /// Check this token, then call `accepted` or `refused`.
        case authenticate
        /// Keep the frame until the running `auth` is decided.
        case hold
        case refuse(HubError)
        case close(DisconnectReason)
        case ignore
    }

    package enum TickAction: Sendable, Equatable {
        case none
        case warn(expiresIn: Duration)
        case close(DisconnectReason)
    }

    package private(set) var state: State
    private var held = 0
    private var bucket: TokenBucket
    private var errors: [Timestamp] = []
    private let limits: SessionLimits

    package init(openedAt now: Timestamp, limits: SessionLimits) {
        state = .awaiting(deadline: now + limits.authTimeout)
        bucket = TokenBucket(capacity: limits.operationBurst, refillPerSecond: limits.operationsPerSecond, at: now)
        self.limits = limits
    }

    package mutating func received(_ kind: FrameKind, at now: Timestamp) -> Verdict {
        if case .closed = state { return .ignore }
        if let wait = bucket.take(1, at: now) {
            return errored(
                HubError(.rateLimited, "too many operations: slow down", retryAfter: wait), at: now)
        }
        return decide(kind, at: now)
    }

    /// A frame that was held is looked at again; it has paid for itself.
    package mutating func released(_ kind: FrameKind, at now: Timestamp) -> Verdict {
        decide(kind, at: now)
    }

    private mutating func decide(_ kind: FrameKind, at now: Timestamp) -> Verdict {
        switch (state, kind) {
        case (.awaiting(let deadline), .auth):
            state = .authenticating(deadline: deadline)
            return .authenticate
        case (_, .ping): return .handle
        case (.awaiting, .operation):
            return errored(.unauthorized("send auth first"), at: now)
        case (.authenticating, _):
            guard held < limits.maxFramesBeforeAuth else {
                return errored(.busy("wait for the answer to auth"), at: now)
            }
            held += 1
            return .hold
        case (.live, .auth): return .authenticate
        case (.live, .operation): return .handle
        case (.closed, _): return .ignore
        }
    }

    /// The token is good; nil for tokens without an end. The driver now handles the frames it held.
    package mutating func accepted(expiresAt: Timestamp?) {
        held = 0
        if case .closed = state { return }
        state = .live(expiresAt: expiresAt, wasWarned: false)
    }

    /// The first `auth` failed for a reason that another one may mend.
    package mutating func refused() {
        held = 0
        if case .authenticating(let deadline) = state { state = .awaiting(deadline: deadline) }
    }

    /// A frame was malformed or an operation refused for what the client did.
    package mutating func errored(_ error: HubError, at now: Timestamp) -> Verdict {
        if case .closed = state { return .ignore }
        errors.removeAll { $0 + limits.errorWindow < now }
        errors.append(now)
        guard errors.count < limits.maxErrors else {
            state = .closed
            return .close(.rateLimited)
        }
        return .refuse(error)
    }

    package mutating func closed() {
        state = .closed
    }

    /// Time passed. Called every second or so.
    package mutating func tick(at now: Timestamp) -> TickAction {
        switch state {
        case .awaiting(let deadline), .authenticating(let deadline):
            guard deadline <= now else { return .none }
            state = .closed
            return .close(.authTimeout)
        case .live(let expiresAt, let wasWarned):
            guard let expiresAt else { return .none }
            if expiresAt <= now {
                state = .closed
                return .close(.tokenExpired)
            }
            guard !wasWarned, expiresAt - limits.tokenWarning <= now else { return .none }
            state = .live(expiresAt: expiresAt, wasWarned: true)
            return .warn(expiresIn: expiresAt - now)
        case .closed:
            return .none
        }
    }
}
