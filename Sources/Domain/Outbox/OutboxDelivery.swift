/// What becomes of one outbox entry.
///
///     queued ─▶ sending ─▶ accepted ─▶ (reports: sent, delivered, read, failed)
///       │  ▲       ├─▶ queued again: refused for now, or nothing has left
///       │  └───────┤
///       │          ├─▶ failed(problem)
///       │          └─▶ unsure ─▶ accepted, as soon as a report names it
///       ▼                   └──▶ failed, when none came in time
///     cancelled
///
/// Nothing that may have gone out is sent again, but for what is harmless to do twice (`OutboxContent.repeatsAfterLoss`).
/// Time and chance are arguments.
package struct OutboxDelivery: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case queued
        /// A hub has taken it and may be sending it now.
        case sending
        /// It may have gone out.
        case unsure
        case accepted
        case failed
        case cancelled

        /// Whether nothing behind it in its lane may leave yet.
        package var holdsLane: Bool {
            switch self {
            case .queued, .sending: true
            case .unsure, .accepted, .failed, .cancelled: false
            }
        }
    }

    package internal(set) var state: State
    package let createdAt: Timestamp
    /// Queued: not before. Sending: the end of the lease. Unsure: when it is given up.
    package internal(set) var due: Timestamp
    /// How often it was taken; names a try.
    package internal(set) var takes: Int64
    /// Tries that count against the entry.
    package internal(set) var attempts: Int64
    /// "Too fast for this recipient" in a row.
    package internal(set) var pairRefusals: Int64
    /// The provider's id.
    package internal(set) var providerID: String?
    /// What the provider has reported since.
    package internal(set) var reached: MessageStatus?
    package internal(set) var problem: OutboxProblem?
    /// Nobody wants it sent any more, but it was on its way when that was said: it is not tried again.
    package internal(set) var isWithdrawn: Bool

    package init(
        state: State,
        createdAt: Timestamp,
        due: Timestamp,
        takes: Int64 = 0,
        attempts: Int64 = 0,
        pairRefusals: Int64 = 0,
        providerID: String? = nil,
        reached: MessageStatus? = nil,
        problem: OutboxProblem? = nil,
        isWithdrawn: Bool = false
    ) {
        self.state = state
        self.createdAt = createdAt
        self.due = due
        self.takes = takes
        self.attempts = attempts
        self.pairRefusals = pairRefusals
        self.providerID = providerID
        self.reached = reached
        self.problem = problem
        self.isWithdrawn = isWithdrawn
    }

    package static func queued(at moment: Timestamp) -> OutboxDelivery {
        OutboxDelivery(state: .queued, createdAt: moment, due: moment)
    }

    /// Of what can never be sent.
    package static func failed(_ problem: OutboxProblem, at moment: Timestamp) -> OutboxDelivery {
        OutboxDelivery(state: .failed, createdAt: moment, due: moment, problem: problem)
    }

    // MARK: Sending

    /// A hub takes it; false when it is not due or no longer owed.
    package mutating func take(at moment: Timestamp, _ limits: OutboxLimits) -> Bool {
        guard state == .queued, due <= moment else { return false }
        state = .sending
        takes += 1
        attempts += 1
        due = moment + limits.lease
        return true
    }

    /// The hub that took it has not begun, and gives it back.
    package mutating func release(take: Int64, until moment: Timestamp) {
        guard state == .sending, take == takes else { return }
        state = isWithdrawn ? .cancelled : .queued
        attempts -= 1
        due = moment
    }

    /// The request of a take has ended. What was settled otherwise meanwhile stays as it is.
    ///
    /// - Parameter chance: From 0 to 1; spreads retries.
    package mutating func end(
        take: Int64,
        _ outcome: SendOutcome,
        chance: Double,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) {
        guard take == takes, state == .sending || state == .unsure else { return }
        switch outcome {
        case .accepted(let id):
            accept(id)
        case .sent(let id):
            accept(id)
            reached = reached ?? .sent
        case .unsure(let problem):
            guard state == .sending else { return }
            lose(limits.pause(after: attempts, chance: chance), problem, at: moment, limits)
        case .notSent(let problem):
            again(after: limits.pause(after: attempts, chance: chance), problem, at: moment, limits)
        case .refused(let refusal):
            settle(refusal, chance: chance, at: moment, limits)
        }
    }

    private mutating func settle(
        _ refusal: SendRefusal,
        chance: Double,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) {
        let asked = min(refusal.retryAfter ?? .zero, limits.longestRetryAfter)
        let pause = max(limits.pause(after: attempts, chance: chance), asked)
        if refusal.kind != .retryPair { pairRefusals = 0 }
        switch refusal.kind {
        case .retry:
            again(after: pause, refusal.problem, at: moment, limits)
        case .retryOnce:
            if attempts < 2 { again(after: pause, refusal.problem, at: moment, limits) } else { fail(refusal.problem) }
        case .retryPair:
            pairRefusals += 1
            attempts -= 1
            let wait = max(limits.pairPause(after: pairRefusals), asked)
            again(after: wait, refusal.problem, at: moment, limits)
        case .retrySlowNumber:
            attempts -= 1
            again(after: pause, refusal.problem, at: moment, limits)
        case .auth, .config, .blocked:
            attempts -= 1
            again(after: max(limits.probePause, asked), refusal.problem, at: moment, limits)
        case .restricted, .permanent, .permanentUntil:
            fail(refusal.problem)
        }
    }

    /// Nothing has left, so it may be tried again. From `unsure` not any more: its lane has gone on.
    private mutating func again(
        after pause: Duration,
        _ problem: OutboxProblem,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) {
        self.problem = problem
        if state == .sending, isWithdrawn {
            state = .cancelled
            return
        }
        guard state == .sending, attempts < limits.maxAttempts, moment + pause < createdAt + limits.maxAge else {
            return fail(problem)
        }
        state = .queued
        due = moment + pause
    }

    /// It may have gone out, and nobody knows.
    private mutating func lose(
        _ pause: Duration,
        _ problem: OutboxProblem,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) {
        if attempts <= limits.repeatsAfterLoss {
            return again(after: pause, problem, at: moment, limits)
        }
        self.problem = problem
        state = .unsure
        due = moment + limits.settleTime
    }

    private mutating func accept(_ id: String?) {
        state = .accepted
        providerID = id ?? providerID
        problem = nil
    }

    private mutating func fail(_ problem: OutboxProblem) {
        state = .failed
        self.problem = problem
    }

    /// What kept it from leaving is mended: it is due at once. A recipient who was written to too fast is left alone all
    /// the same.
    package mutating func hasten(at moment: Timestamp) {
        guard state == .queued, pairRefusals == 0 else { return }
        due = min(due, moment)
    }

    // MARK: Time, reports, people

    /// Lets time do its work. True when something changed.
    package mutating func pass(at moment: Timestamp, _ limits: OutboxLimits) -> Bool {
        switch state {
        case .sending where due <= moment:
            // The hub that took it is gone, and nobody knows how far it came.
            lose(.zero, .unknownOutcome, at: moment, limits)
        case .unsure where due <= moment:
            fail(.unknownOutcome)
        case .queued where createdAt + limits.maxAge <= moment:
            fail(problem ?? .tooLate)
        case .queued, .sending, .unsure, .accepted, .failed, .cancelled:
            return false
        }
        return true
    }

    /// The provider reports, which proves that it has it. Reports may come twice, late, and before the answer does.
    ///
    /// - Returns: Whether something changed.
    package mutating func hear(_ status: MessageStatus, id: String?, problem: OutboxProblem?) -> Bool {
        let before = self
        if state != .accepted { accept(id) }
        providerID = providerID ?? id
        if reached.map({ $0 < status }) ?? true {
            reached = status
            self.problem = status == .failed ? problem : nil
        }
        return self != before
    }

    /// Whether a report of the provider's about `id` can be about this one.
    package func isOf(_ id: String) -> Bool { providerID == nil || providerID == id }

    /// The provider says no more than that it has it, which ends any doubt.
    package mutating func settle(as id: String) {
        switch state {
        case .sending, .unsure: accept(id)
        case .queued, .accepted, .failed, .cancelled: break
        }
    }

    /// Nobody wants it sent any more. False when it may have left already.
    package mutating func cancel() -> Bool {
        switch state {
        case .queued:
            state = .cancelled
            return true
        case .sending:
            isWithdrawn = true
            return false
        case .unsure, .accepted, .failed, .cancelled:
            return false
        }
    }
}
