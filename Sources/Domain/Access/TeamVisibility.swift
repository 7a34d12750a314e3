/// Whether agents see the conversations of teams that they are not in. Supervisors and administrators see all.
package enum TeamVisibility: String, Sendable, CaseIterable {
    case everything = "all"
    /// Those of their teams, those that belong to no team, and those they have.
    case ownTeams = "teams"
}
