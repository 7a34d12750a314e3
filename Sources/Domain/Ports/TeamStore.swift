/// Groups of staff that conversations can be handed to.
package protocol TeamStore: Sendable {
    func team(_ id: TeamID) async throws -> Team?

    func teams(_ request: ListRequest<TeamSort, TeamFilter>) async throws -> ListPage<Team>

    /// Throws `invalid` for a member who does not exist.
    func add(_ team: Team, _ writing: Writing<Team>) async throws -> Written<Team>

    /// Applies `change` to the team as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale`; `invalid` for a member who does not exist; and what `change` throws.
    func change(
        _ id: TeamID,
        expected: Int64?,
        _ writing: Writing<Team>,
        _ change: @escaping @Sendable (inout Team) throws -> Void
    ) async throws -> Team

    /// Throws `not_found`, `stale`, and `conflict` while conversations that are not resolved are assigned to it, or
    /// canned replies are its own.
    func remove(_ id: TeamID, expected: Int64?, _ writing: Writing<Team>) async throws
}
