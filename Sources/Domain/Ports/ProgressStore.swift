/// Goals of contacts and how they went.
///
/// What `scope` hides is answered as what does not exist.
package protocol ProgressStore: Sendable {
    func goal(_ id: ProgressGoalID, scope: CRMScope) async throws -> ProgressGoal?

    func goals(_ request: ListRequest<ProgressGoalSort, ProgressGoalFilter>) async throws -> ListPage<ProgressGoal>

    /// Throws `invalid` when there is no such contact, or the owner is nobody who can sign in.
    func add(
        _ goal: ProgressGoal,
        scope: CRMScope,
        _ writing: Writing<ProgressGoal>
    ) async throws -> Written<ProgressGoal>

    /// Applies `change` to the goal as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale` when `expected` is not its version any more; and what `change` throws.
    func change(
        _ id: ProgressGoalID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<ProgressGoal>,
        _ change: @escaping @Sendable (inout ProgressGoal) throws -> Void
    ) async throws -> ProgressGoal

    /// Removes it with its history. Throws `not_found` and `stale`.
    func remove(
        _ id: ProgressGoalID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<ProgressGoal>
    ) async throws

    /// Makes a step of the history and moves the goal with it, in one transaction.
    ///
    /// Throws `not_found`, and what `step` throws.
    func checkIn(
        _ id: ProgressGoalID,
        scope: CRMScope,
        _ writing: Writing<CheckIn>,
        _ step: @escaping @Sendable (inout ProgressGoal) throws -> CheckIn
    ) async throws -> Written<CheckIn>

    /// Throws `not_found` when there is no such goal.
    func checkIns(
        of goal: ProgressGoalID,
        scope: CRMScope,
        _ request: ListRequest<CheckInSort, Void>
    ) async throws -> ListPage<CheckIn>

    /// Makes active goals whose day has passed `missed`, up to `limit`, and returns how many. Several hubs may.
    func missOverdue(at moment: Timestamp, limit: Int) async throws -> Int
}
