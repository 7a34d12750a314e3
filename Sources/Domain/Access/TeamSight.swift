/// What a member of staff sees of conversations, by team.
///
/// With `TeamVisibility.ownTeams` an agent sees those of their teams, those of no team, and those they have themselves.
/// Whoever is in charge sees all. It is asked wherever conversations are read: joining, lists, search, exports.
package struct TeamSight: Sendable, Equatable {
    /// Nil for somebody who sees all.
    package let teams: Set<TeamID>?
    package let user: UserID

    package init(_ user: User, teams: Set<TeamID>, _ visibility: TeamVisibility) {
        self.user = user.id
        switch (visibility, user.role) {
        case (.everything, _), (.ownTeams, .admin), (.ownTeams, .supervisor): self.teams = nil
        case (.ownTeams, .agent): self.teams = teams
        }
    }

    package init(of user: User, in picture: RoutingPicture) {
        self.init(user, teams: picture.teams[user.id] ?? [], picture.visibility)
    }

    package func sees(team: TeamID?) -> Bool {
        guard let teams, let team else { return true }
        return teams.contains(team)
    }

    package func sees(_ conversation: Conversation) -> Bool {
        conversation.assignee?.reference == .user(user) || sees(team: conversation.team)
    }
}
