/// Goals of contacts and how they went.
package protocol ProgressStore: Sendable {
    func goal(_ id: ProgressGoalID) async throws -> ProgressGoal?

    func goals(_ request: ListRequest<ProgressGoalSort, ProgressGoalFilter>) async throws -> ListPage<ProgressGoal>

    /// Throws `invalid` when the owner is nobody who can sign in.
    func add(_ goal: ProgressGoal, _ writing: Writing<ProgressGoal>) async throws -> Written<ProgressGoal>

    /// Applies `change` to the goal as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale` when `expected` is not its version any more; and what `change` throws.
    func change(
        _ id: ProgressGoalID,
        expected: Int64?,
        _ writing: Writing<ProgressGoal>,
        _ change: @escaping @Sendable (inout ProgressGoal) throws -> Void
    ) async throws -> ProgressGoal

    /// Removes it with its history. Throws `not_found` and `stale`.
    func remove(_ id: ProgressGoalID, expected: Int64?, _ writing: Writing<ProgressGoal>) async throws

    /// Makes a step of the history and moves the goal with it, in one transaction.
    ///
    /// Throws `not_found`, and what `step` throws.
    func checkIn(
        _ id: ProgressGoalID,
        _ writing: Writing<CheckIn>,
        _ step: @escaping @Sendable (inout ProgressGoal) throws -> CheckIn
    ) async throws -> Written<CheckIn>

    /// Throws `not_found` when there is no such goal.
    func checkIns(
        of goal: ProgressGoalID,
        _ request: ListRequest<CheckInSort, Void>
    ) async throws -> ListPage<CheckIn>

    /// Makes active goals whose day has passed `missed`, up to `limit`, and returns how many. Several hubs may.
    func missOverdue(at moment: Timestamp, limit: Int) async throws -> Int
}
