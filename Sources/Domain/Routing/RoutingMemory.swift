/// What routing remembers of a conversation since it last looked at it.
package struct RoutingMemory: Sendable, Equatable {
    package var phase: LifePhase
    /// See `ConversationLife.caseNumber`.
    package var caseNumber: Int64
    /// Its epoch then.
    package var epoch: Int64
    /// The last resolution that it took in.
    package var resolvedAt: Timestamp?

    package init(
        phase: LifePhase = .waiting,
        caseNumber: Int64 = 0,
        epoch: Int64 = 0,
        resolvedAt: Timestamp? = nil
    ) {
        self.phase = phase
        self.caseNumber = caseNumber
        self.epoch = epoch
        self.resolvedAt = resolvedAt
    }
}
