/// Something that the hub keeps up at Zid by itself: one hub at a time does it, whenever it is due.
///
///     idle ─claim─▶ held ─done─▶ idle
///       ▲             ├─later──▶ idle, and not before a pause that grows
///       │             ├─never──▶ given up, until its owner stores something
///       └─other version┘
///
/// It is about one version of the configuration: another one begins anew. Who holds it has a ticket, so that one who
/// comes back late decides nothing. Time is an argument.
package struct ZidUpkeep: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The keys are renewed before they end.
        case keys
        /// Zid knows where to tell of orders.
        case webhooks
    }

    /// How a try ended.
    package enum End: Sendable, Equatable {
        /// - Parameters:
        ///   - version: Of the configuration by now.
        ///   - mark: What it was done for.
        case done(version: Int64, mark: String?)
        /// - Parameter mayHaveHappened: Whether Zid may have done what it did not answer to.
        case later(ZidUpkeepProblem, retryAfter: Duration?, mayHaveHappened: Bool)
        /// Nothing helps but its owner.
        case never(ZidUpkeepProblem)
        /// Nothing was asked.
        case dropped
    }

    package let kind: Kind
    /// Of the configuration that it is about; 0 before the first try.
    package var version: Int64 = 0
    /// Rises with every claim.
    package var ticket: Int64 = 0
    /// Until when somebody has it; nil when nobody does.
    package var heldUntil: Timestamp?
    /// That failed, one after the other.
    package var attempts: Int64 = 0
    package var notBefore: Timestamp?
    /// Whether Zid may have done it without anybody hearing of it.
    package var isUnsure = false
    /// Why the last try failed.
    package var problem: ZidUpkeepProblem?
    package var isGivenUp = false
    /// When it went well last.
    package var doneAt: Timestamp?
    /// What it was done for then.
    package var mark: String?

    package init(_ kind: Kind) { self.kind = kind }

    /// Takes it up when it is due; the ticket, or nil when there is nothing to do now.
    ///
    /// - Parameters:
    ///   - version: Of the configuration as the caller read it. An older one than is known here gets nothing.
    ///   - due: From when on it is to be done.
    package mutating func claim(
        _ version: Int64,
        due: Timestamp,
        at moment: Timestamp,
        _ rules: ZidUpkeepRules
    ) -> Int64? {
        guard canBegin(version, due: due, at: moment) else { return nil }
        if version > self.version { begin(version) }
        // Whoever had it is gone, and nobody knows how far they came.
        if heldUntil != nil { isUnsure = true }
        ticket += 1
        heldUntil = moment + rules.lease
        return ticket
    }

    /// Whether a claim would be granted.
    package func canBegin(_ version: Int64, due: Timestamp, at moment: Timestamp) -> Bool {
        guard due <= moment, version >= self.version, !isHeld(at: moment) else { return false }
        return version > self.version || !isGivenUp && notBefore.map { moment >= $0 } ?? true
    }

    /// From when on it is to be looked whether Zid tells of orders: at once when something else is stored than it was
    /// done for, and by the clock, because Zid gives an address up that fails too often.
    package func webhooksDue(
        _ version: Int64,
        _ mark: String,
        _ rules: ZidUpkeepRules,
        at moment: Timestamp
    ) -> Timestamp {
        guard version == self.version, mark == self.mark, let doneAt else { return moment }
        return doneAt + rules.webhookInterval
    }

    /// Whether somebody is at it.
    package func isHeld(at moment: Timestamp) -> Bool { heldUntil.map { moment < $0 } ?? false }

    /// Says how a try ended; false when somebody else has it by now, and nothing is changed.
    package mutating func end(
        _ end: End,
        ticket: Int64,
        at moment: Timestamp,
        _ rules: ZidUpkeepRules
    ) -> Bool {
        guard ticket == self.ticket, heldUntil != nil else { return false }
        heldUntil = nil
        switch end {
        case .done(let version, let mark):
            begin(version)
            doneAt = moment
            self.mark = mark
        case .later(let problem, let asked, let mayHaveHappened):
            attempts += 1
            notBefore = moment + max(rules.pause(after: attempts), asked ?? .zero)
            if mayHaveHappened { isUnsure = true }
            self.problem = problem
        case .never(let problem):
            self.problem = problem == .grantRefused && isUnsure ? .answerLost : problem
            isGivenUp = true
        case .dropped:
            break
        }
        return true
    }

    private mutating func begin(_ version: Int64) {
        self.version = version
        attempts = 0
        notBefore = nil
        isUnsure = false
        problem = nil
        isGivenUp = false
    }
}
