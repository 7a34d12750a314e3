/// The answers that repeated requests get, kept under their idempotency keys.
package protocol AnswerStore: Sendable {
    /// Forgets up to `limit` of those taken before `moment` and returns how many it forgot.
    func forget(takenBefore moment: Timestamp, limit: Int) async throws -> Int
}
