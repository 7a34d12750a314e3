/// The promises of time that a conversation is under.
///
/// The clocks of answers run while the customer waits for a person, and stand still with the assistant and while put
/// away. The clock of the resolution stands still while it is the customer's turn; a case that is reopened goes on
/// where it stood. Each reply clock runs from the first message that nobody has answered.
package struct ConversationClocks: Sendable, Equatable {
    package private(set) var firstResponse: ServiceClock?
    package private(set) var nextResponse: ServiceClock?
    package private(set) var resolution: ServiceClock?
    package private(set) var phase: LifePhase.Name
    /// Whether the first message of this case was answered by a person, or the case was resolved without.
    package private(set) var isPastFirst: Bool

    package init(_ level: ServiceLevel, phase: LifePhase.Name = .waiting) {
        firstResponse = level.firstResponse.map { ServiceClock(.firstResponse, target: $0) }
        nextResponse = level.nextResponse.map { ServiceClock(.nextResponse, target: $0) }
        resolution = level.resolution.map { ServiceClock(.resolution, target: $0) }
        self.phase = phase
        isPastFirst = false
    }

    /// As they were stored.
    package init(_ clocks: [ServiceClock], phase: LifePhase.Name, isPastFirst: Bool) {
        firstResponse = clocks.first { $0.kind == .firstResponse }
        nextResponse = clocks.first { $0.kind == .nextResponse }
        resolution = clocks.first { $0.kind == .resolution }
        self.phase = phase
        self.isPastFirst = isPastFirst
    }

    /// In the order of `ServiceClock.Kind`.
    package var all: [ServiceClock] { [firstResponse, nextResponse, resolution].compactMap(\.self) }

    /// When `timePassed` has something to tell next: what a timer, or an indexed column, waits for.
    package func nextDeadline(_ hours: BusinessHours) -> Timestamp? {
        all.compactMap { $0.nextDeadline(hours) }.min()
    }

    /// What became due by `now`, then what the input changes.
    package mutating func handle(
        _ input: ClockInput,
        at now: Timestamp,
        _ hours: BusinessHours
    ) -> [ServiceClock.Effect] {
        let effects = settle(at: now, hours)
        switch input {
        case .beganCase: begin(at: now)
        case .moved(let phase): move(to: phase, at: now, hours)
        case .customerWrote: customerWrote(at: now)
        case .agentAnswered: agentAnswered(at: now, hours)
        case .timePassed: break
        }
        run(at: now, hours)
        return effects
    }

    private mutating func settle(at now: Timestamp, _ hours: BusinessHours) -> [ServiceClock.Effect] {
        let effects = [
            firstResponse?.settle(at: now, hours), nextResponse?.settle(at: now, hours),
            resolution?.settle(at: now, hours),
        ]
        return effects.flatMap { $0 ?? [] }
    }

    private mutating func begin(at now: Timestamp) {
        isPastFirst = false
        firstResponse = firstResponse.map { ServiceClock($0.kind, target: $0.target) }
        nextResponse = nextResponse.map { ServiceClock($0.kind, target: $0.target) }
        resolution = resolution.map { ServiceClock($0.kind, target: $0.target) }
        resolution?.start(at: now)
    }

    private mutating func move(to phase: LifePhase.Name, at now: Timestamp, _ hours: BusinessHours) {
        self.phase = phase
        guard phase == .resolved else { return }
        isPastFirst = true
        _ = firstResponse?.end(at: now, hours)
        _ = nextResponse?.end(at: now, hours)
    }

    private mutating func customerWrote(at now: Timestamp) {
        if isPastFirst { nextResponse?.start(at: now) } else { firstResponse?.start(at: now) }
    }

    private mutating func agentAnswered(at now: Timestamp, _ hours: BusinessHours) {
        isPastFirst = true
        _ = firstResponse?.end(at: now, hours)
        _ = nextResponse?.end(at: now, hours)
    }

    /// Lets run what runs in this phase, and stops the rest. Everything due was told before.
    private mutating func run(at now: Timestamp, _ hours: BusinessHours) {
        if phase.awaitsPerson {
            firstResponse?.resume(at: now)
            nextResponse?.resume(at: now)
        } else {
            _ = firstResponse?.pause(at: now, hours)
            _ = nextResponse?.pause(at: now, hours)
        }
        if phase.isShopsTurn { resolution?.resume(at: now) } else { _ = resolution?.pause(at: now, hours) }
    }
}
