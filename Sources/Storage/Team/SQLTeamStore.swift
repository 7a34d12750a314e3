import Domain

/// Teams over either database.
struct SQLTeamStore: TeamStore {
    let database: any SQLDatabase

    func team(_ id: TeamID) async throws -> Team? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(TeamRow.read)
        }
    }

    func teams(_ request: ListRequest<TeamSort, TeamFilter>) async throws -> ListPage<Team> {
        let statement = list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(TeamRow.read), limit: request.limit) { team in
                team.position(by: request.order.key)
            }
        }
    }

    func add(_ team: Team, _ writing: Writing<Team>) async throws -> Written<Team> {
        try await database.write(writing) { session in
            try TeamStatements.check(members: team.members, session)
            let members = TeamStatements.put(members: team.members, insteadOf: [], in: team.id, at: writing.at)
            return Change(team, .created(team), statements: [TeamRow.insert(team)] + members)
        }
    }

    func change(
        _ id: TeamID,
        expected: Int64?,
        _ writing: Writing<Team>,
        _ change: @escaping @Sendable (inout Team) throws -> Void
    ) async throws -> Team {
        try await database.write(writing) { session in
            let old = try Self.locked(id, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                try TeamStatements.check(members: new.members, session)
                return [TeamRow.update(new)]
                    + TeamStatements.put(members: new.members, insteadOf: old.members, in: id, at: writing.at)
            }
        }.value()
    }

    func remove(_ id: TeamID, expected: Int64?, _ writing: Writing<Team>) async throws {
        _ = try await database.write(writing) { session in
            let team = try Self.locked(id, session)
            try team.require(expected)
            guard try session.execute(Self.assigned, [.id(id)]).isEmpty else {
                throw HubError.conflict("conversations are assigned to this team: hand them on first")
            }
            guard try session.execute(Self.replies, [.id(id)]).isEmpty else {
                throw HubError.conflict("canned replies are of this team: remove them, or share them, first")
            }
            return Change(
                team,
                .removed(team),
                statements: TeamStatements.put(members: [], insteadOf: team.members, in: id, at: writing.at)
                    + [
                        // What its agents still have is everybody's then.
                        SQLStatement("UPDATE rooms SET team_id = NULL WHERE team_id = $1", [.id(id)]),
                        SQLStatement("DELETE FROM teams WHERE id = $1", [.id(id)]),
                    ]
            )
        }
    }

    /// Throws `not_found`.
    private static func locked(_ id: TeamID, _ session: any SQLSession) throws -> Team {
        // The row is read after it is locked, so that its members are those of now.
        let found = try session.batch([SQLStatement(lock, [.id(id)]), SQLStatement(byID, [.id(id)])])
        guard let team = try found[1].first.map(TeamRow.read) else {
            throw HubError.notFound("there is no such team")
        }
        return team
    }

    // MARK: Statements

    private static let byID = TeamRow.select("WHERE t.id = $1")

    private static let lock = SQLText.holding("SELECT t.id FROM teams t WHERE t.id = $1", of: "t")

    private static let assigned: SQLText = """
        SELECT 1 FROM rooms WHERE kind = 'conversation' AND assignee_id = $1 AND state <> 'resolved' LIMIT 1
        """

    private static let replies: SQLText = "SELECT 1 FROM canned_replies WHERE team_id = $1 LIMIT 1"

    private func list(_ request: ListRequest<TeamSort, TeamFilter>) -> SQLStatement {
        var list = ListStatement()
        list.require(
            "EXISTS (SELECT 1 FROM team_members f WHERE f.team_id = t.id AND f.user_id = $?)",
            optional: request.filter.member.map { .id($0) }
        )
        list.search(request.search, in: "t.search")
        return list.page(
            database.dialect == .sqlite ? TeamRow.sqlite : TeamRow.postgres,
            sortedBy: "t.\(request.order.key.column)",
            id: "t.id",
            request
        )
    }
}

extension TeamSort {
    fileprivate var column: String {
        switch self {
        case .name: "name_ar"
        case .createdAt: "created_ms"
        }
    }
}

extension Team {
    fileprivate func position(by key: TeamSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .name: .text(nameAr)
            case .createdAt: .integer(createdAt.milliseconds)
            }
        return ListPosition(value: value, id: id.text)
    }
}
