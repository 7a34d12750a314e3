import Domain

/// Who is in which team; used from both sides.
enum TeamStatements {
    /// Throws `invalid` for a team that does not exist.
    static func check(teams: [TeamID], _ session: any SQLSession) throws {
        guard !teams.isEmpty else { return }
        let found = try session.batch(teams.map { SQLStatement("SELECT 1 FROM teams WHERE id = $1", [.id($0)]) })
        let problems = zip(teams, found).compactMap { team, rows in
            rows.isEmpty ? FieldProblem("/teams", "conflict", "\(team) is no team") : nil
        }
        guard problems.isEmpty else { throw HubError.invalid(problems) }
    }

    /// Makes these the teams of a user, in place of `old`. The teams change with it.
    static func put(
        _ teams: [TeamID],
        insteadOf old: [TeamID],
        of user: UserID,
        at moment: Timestamp
    ) -> [SQLStatement] {
        guard teams != old else { return [] }
        let changed = Set(teams).symmetricDifference(old).sorted()
        return [SQLStatement("DELETE FROM team_members WHERE user_id = $1", [.id(user)])]
            + (teams.isEmpty ? [] : [insert.over(teams.map { [.id($0), .id(user)] })])
            + changed.map { SQLStatement(touchTeam, [.id($0), .moment(moment)]) }
    }

    /// Throws `invalid` for a member who does not exist.
    static func check(members: [UserID], _ session: any SQLSession) throws {
        guard !members.isEmpty else { return }
        let found = try session.batch(members.map { SQLStatement("SELECT 1 FROM users WHERE id = $1", [.id($0)]) })
        let problems = zip(members, found).compactMap { member, rows in
            rows.isEmpty ? FieldProblem("/members", "conflict", "\(member) is no user") : nil
        }
        guard problems.isEmpty else { throw HubError.invalid(problems) }
    }

    /// Makes these the members of a team, in place of `old`. Their accounts change with it.
    static func put(
        members: [UserID],
        insteadOf old: [UserID],
        in team: TeamID,
        at moment: Timestamp
    ) -> [SQLStatement] {
        guard members != old else { return [] }
        let changed = Set(members).symmetricDifference(old).sorted()
        return [SQLStatement("DELETE FROM team_members WHERE team_id = $1", [.id(team)])]
            + (members.isEmpty ? [] : [insert.over(members.map { [.id(team), .id($0)] })])
            + changed.map { SQLStatement(touchUser, [.id($0), .moment(moment)]) }
    }

    private static let touchTeam: SQLText = "UPDATE teams SET version = version + 1, changed_ms = $2 WHERE id = $1"

    private static let touchUser: SQLText = "UPDATE users SET version = version + 1, changed_ms = $2 WHERE id = $1"

    private static let insert = SQLBulk(
        [.text("team_id"), .text("user_id")],
        "INSERT INTO team_members (team_id, user_id) SELECT team_id, user_id FROM k WHERE TRUE ON CONFLICT DO NOTHING"
    )
}
