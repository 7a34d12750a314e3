package enum AlertIncidentIDKind: IDKind { package static let letter = UInt8(ascii: "W") }
package typealias AlertIncidentID = ID<AlertIncidentIDKind>

/// Something that is wrong, from the first bad reading until it is well again.
///
///     (ok) ─bad─▶ pending ─bad for `hold`─▶ firing ─good for `calm`─▶ recovered
///       ▲            │                        ▲  │
///       └─not bad────┘                        └──┘ bad, or between the bounds: the calm begins anew
///
/// People are told once that it fires and once that it is over. Time is an argument.
package struct AlertIncident: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// Bad, but not for long enough to tell anybody.
        case pending
        case firing
        case recovered
    }

    /// What became of it by a reading.
    package enum Step: Sendable, Equatable {
        case unchanged
        case changed
        /// It was nothing.
        case dismissed
    }

    package let id: AlertIncidentID
    package let key: AlertKey
    package var state: State
    /// Of the last bad reading.
    package var message: StatusMessage
    package let startedAt: Timestamp
    package var firedAt: Timestamp?
    /// Since when it is good while it fires; nil while it is not.
    package var calmSince: Timestamp?
    package var recoveredAt: Timestamp?
    /// When a hub looked last, to a quarter of the policy's lifetime.
    package var seenAt: Timestamp
    package var toldFiringAt: Timestamp?
    package var toldRecoveryAt: Timestamp?
    /// Rises with every change that is stored.
    package var version: Int64

    package init(
        id: AlertIncidentID,
        key: AlertKey,
        state: State,
        message: StatusMessage,
        startedAt: Timestamp,
        firedAt: Timestamp? = nil,
        calmSince: Timestamp? = nil,
        recoveredAt: Timestamp? = nil,
        seenAt: Timestamp,
        toldFiringAt: Timestamp? = nil,
        toldRecoveryAt: Timestamp? = nil,
        version: Int64 = 0
    ) {
        self.id = id
        self.key = key
        self.state = state
        self.message = message
        self.startedAt = startedAt
        self.firedAt = firedAt
        self.calmSince = calmSince
        self.recoveredAt = recoveredAt
        self.seenAt = seenAt
        self.toldFiringAt = toldFiringAt
        self.toldRecoveryAt = toldRecoveryAt
        self.version = version
    }

    /// What a reading begins where nothing is wrong yet; nil when it is not bad.
    package init?(
        _ key: AlertKey,
        _ reading: AlertReading,
        id: AlertIncidentID,
        at moment: Timestamp,
        _ policy: AlertPolicy
    ) {
        guard reading.level == .bad else { return nil }
        self.init(
            id: id, key: key, state: .pending, message: reading.message, startedAt: moment, seenAt: moment)
        if policy.hold <= .zero { fire(at: moment) }
    }

    // MARK: Readings

    /// Takes the next reading.
    package mutating func take(_ reading: AlertReading, at moment: Timestamp, _ policy: AlertPolicy) -> Step {
        let before = self
        switch state {
        case .pending:
            guard reading.level == .bad else { return .dismissed }
            if moment - startedAt >= policy.hold {
                message = reading.message
                fire(at: moment)
            }
        case .firing:
            burn(reading, at: moment, policy)
        case .recovered:
            return .unchanged
        }
        if moment - seenAt >= policy.lifetime / 4 || self != before { seenAt = max(seenAt, moment) }
        return self == before ? .unchanged : .changed
    }

    /// Whether the one hub that looked at it is gone. What all hubs look at is never forsaken: there, not knowing is no
    /// recovery.
    package func isForsaken(at moment: Timestamp, _ policy: AlertPolicy) -> Bool {
        key.rule.isOfOneHub && state != .recovered && moment - seenAt >= policy.lifetime
    }

    private mutating func burn(_ reading: AlertReading, at moment: Timestamp, _ policy: AlertPolicy) {
        switch reading.level {
        case .bad:
            message = reading.message
            calmSince = nil
        case .between:
            calmSince = nil
        case .good:
            let since = calmSince ?? moment
            calmSince = since
            if moment - since >= policy.calm { recover(at: moment) }
        case .gone:
            recover(at: moment)
        }
    }

    private mutating func fire(at moment: Timestamp) {
        state = .firing
        firedAt = moment
    }

    private mutating func recover(at moment: Timestamp) {
        state = .recovered
        recoveredAt = moment
        calmSince = nil
    }

    // MARK: Telling

    /// What people have not been told of it yet; nil when they know.
    package var news: AlertNews? {
        switch state {
        case .pending: nil
        case .firing: toldFiringAt == nil ? .fired : nil
        case .recovered:
            if toldRecoveryAt != nil { nil } else { toldFiringAt == nil ? .passed : .recovered }
        }
    }

    /// People know how it stands now.
    package mutating func told(at moment: Timestamp) {
        switch news {
        case nil: return
        case .fired: toldFiringAt = moment
        case .recovered: toldRecoveryAt = moment
        case .passed: (toldFiringAt, toldRecoveryAt) = (moment, moment)
        }
    }
}

/// What is to be told of an incident.
package enum AlertNews: Sendable, Equatable {
    case fired
    case recovered
    /// It fired and was over before anybody was told.
    case passed
}
