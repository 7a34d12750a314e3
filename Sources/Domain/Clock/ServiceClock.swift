/// One promise of time: it counts business time, warns once at 80 % of it, and breaches once at the end.
///
/// What it says does not depend on when it is asked: every input first settles what was due before. So a timer may be
/// late, or fire twice, and the moments that are told stay the same.
package struct ServiceClock: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case firstResponse = "first_response"
        case nextResponse = "next_response"
        case resolution
    }

    package enum State: Sendable, Equatable {
        /// Not asked for yet. Can become: `running`.
        case idle
        /// Can become: `paused`, `ended`.
        case running(since: Timestamp)
        /// Keeps what was spent. Can become: `running`, `ended`.
        case paused
        /// Met, or breached before. Can become: `running`, from zero.
        case ended
    }

    /// What is told; `at` is when it was due, whenever it was noticed.
    package enum Effect: Sendable, Equatable {
        case warned(Kind, at: Timestamp)
        case breached(Kind, at: Timestamp)
    }

    package static let warnsAtPercent = 80

    package let kind: Kind
    package let target: Duration
    package private(set) var state: State
    /// Business time that was spent before it ran last.
    package private(set) var spent: Duration
    package private(set) var warnedAt: Timestamp?
    package private(set) var breachedAt: Timestamp?

    package init(_ kind: Kind, target: Duration) {
        self.init(kind, target: target, state: .idle, spent: .zero, warnedAt: nil, breachedAt: nil)
    }

    /// As it was stored.
    package init(
        _ kind: Kind,
        target: Duration,
        state: State,
        spent: Duration,
        warnedAt: Timestamp?,
        breachedAt: Timestamp?
    ) {
        self.kind = kind
        self.target = target
        self.state = state
        self.spent = spent
        self.warnedAt = warnedAt
        self.breachedAt = breachedAt
    }

    package var isOn: Bool {
        switch state {
        case .running, .paused: true
        case .idle, .ended: false
        }
    }

    // MARK: Inputs

    /// Begins from zero; one that is on already goes on.
    package mutating func start(at now: Timestamp) {
        guard !isOn else { return }
        self = ServiceClock(kind, target: target)
        state = .running(since: now)
    }

    package mutating func pause(at now: Timestamp, _ hours: BusinessHours) -> [Effect] {
        let effects = settle(at: now, hours)
        if case .running(let since) = state {
            spent += hours.time(from: since, to: now)
            state = .paused
        }
        return effects
    }

    package mutating func resume(at now: Timestamp) {
        if state == .paused { state = .running(since: now) }
    }

    /// The promise was kept, or is given up.
    package mutating func end(at now: Timestamp, _ hours: BusinessHours) -> [Effect] {
        let effects = pause(at: now, hours)
        if isOn { state = .ended }
        return effects
    }

    /// Tells what has become due by `now`, each thing once.
    package mutating func settle(at now: Timestamp, _ hours: BusinessHours) -> [Effect] {
        guard case .running(let since) = state else { return [] }
        var effects: [Effect] = []
        if warnedAt == nil, let due = hours.moment(after: warning - spent, from: since), due <= now {
            warnedAt = due
            effects.append(.warned(kind, at: due))
        }
        if breachedAt == nil, let due = hours.moment(after: target - spent, from: since), due <= now {
            breachedAt = due
            effects.append(.breached(kind, at: due))
        }
        return effects
    }

    /// When `settle` has something to tell next; nil while it stands still or has told everything.
    package func nextDeadline(_ hours: BusinessHours) -> Timestamp? {
        guard case .running(let since) = state, breachedAt == nil else { return nil }
        return hours.moment(after: (warnedAt == nil ? warning : target) - spent, from: since)
    }

    /// When it is breached if nothing happens; nil while it stands still.
    package func due(_ hours: BusinessHours) -> Timestamp? {
        guard case .running(let since) = state else { return nil }
        return breachedAt ?? hours.moment(after: target - spent, from: since)
    }

    private var warning: Duration {
        .milliseconds(
            target.milliseconds / 100 * Int64(Self.warnsAtPercent)
                + target.milliseconds % 100 * Int64(Self.warnsAtPercent) / 100)
    }
}
