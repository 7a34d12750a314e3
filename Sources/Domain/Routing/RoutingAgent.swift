/// A member of staff as routing sees them.
package struct RoutingAgent: Sendable, Equatable {
    package let id: UserID
    package var teams: Set<TeamID>
    package var skills: Set<String>
    package var presence: PresenceState
    /// Since when they have been in that state.
    package var presentSince: Timestamp
    package var capacity: Load
    /// When they were given a conversation last, or offered one.
    package var lastAssignedAt: Timestamp?

    package init(
        id: UserID,
        teams: Set<TeamID> = [],
        skills: Set<String> = [],
        presence: PresenceState,
        presentSince: Timestamp,
        capacity: Load,
        lastAssignedAt: Timestamp? = nil
    ) {
        self.id = id
        self.teams = teams
        self.skills = skills
        self.presence = presence
        self.presentSince = presentSince
        self.capacity = capacity
        self.lastAssignedAt = lastAssignedAt
    }

    /// Whether they are given anything new. Away and busy people keep what they have.
    package var takesNew: Bool {
        switch presence {
        case .online: true
        case .busy, .away, .offline: false
        }
    }

    /// Since when they have waited for work.
    package var idleSince: Timestamp { max(presentSince, lastAssignedAt ?? presentSince) }

    package func isIn(_ team: TeamID?) -> Bool { team.map(teams.contains) ?? true }

    /// Whether they are of the team and have every skill that is needed.
    package func isFit(for entry: QueueEntry) -> Bool {
        isIn(entry.team) && entry.skills.isSubset(of: skills)
    }
}
