/// Who keeps up what at Zid, and how it went.
package protocol ZidUpkeepStore: Sendable {
    func upkeep(_ kind: ZidUpkeep.Kind) async throws -> ZidUpkeep

    /// Changes it under a lock that all hubs share; what `change` answers.
    func change<Answer: Sendable>(
        _ kind: ZidUpkeep.Kind,
        _ change: @escaping @Sendable (inout ZidUpkeep) -> Answer
    ) async throws -> Answer
}
