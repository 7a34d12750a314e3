import Domain

/// Accounts over either database.
struct SQLAccountStore: AccountStore {
    let database: any SQLDatabase

    func account(_ id: UserID) async throws -> Account? {
        try await database.read { session in
            try session.execute(AccountStatements.byID, [.id(id)]).first.map(AccountRow.read)
        }
    }

    func accounts(_ request: ListRequest<AccountSort, AccountFilter>) async throws -> ListPage<Account> {
        let statement = list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(AccountRow.read), limit: request.limit) { account in
                account.position(by: request.order.key)
            }
        }
    }

    func change(
        _ id: UserID,
        expected: Int64?,
        _ writing: Writing<Account>,
        _ change: @escaping @Sendable (inout Account) throws -> Void
    ) async throws -> (old: Account, new: Account) {
        let writing = Writing<(old: Account, new: Account)>(by: writing.actor, at: writing.at)
        return try await database.write(writing) { session in
            let admins = try session.execute(AccountStatements.lockAdmins)
            let old = try AccountStatements.locked(id, session)
            try old.require(expected)
            var new = old
            try change(&new)
            guard let event = AuditEvent.changed(old, to: new) else { return Change((old, old), nil) }
            guard !old.isActiveAdmin || new.isActiveAdmin || admins.count > 1 else {
                throw HubError.conflict("this is the last active administrator: make another one first")
            }
            new.touch(at: writing.at)
            var statements = [AccountRow.update(new)]
            try TeamStatements.check(teams: new.teams, session)
            statements += TeamStatements.put(new.teams, insteadOf: old.teams, of: id, at: writing.at)
            if new.endsSessions(of: old) {
                statements.append(
                    SQLStatement(RefreshTokenStatements.revokeUser, [.id(id), .moment(writing.at)]))
            }
            return Change((old, new), event, statements: statements)
        }.value()
    }

    // MARK: Statements

    private func list(_ request: ListRequest<AccountSort, AccountFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("u.role = $?", optional: filter.role.map { .text($0.rawValue) })
        list.require("u.disabled = $?", optional: filter.isDisabled.map { .flag($0) })
        list.require(
            "EXISTS (SELECT 1 FROM team_members f WHERE f.user_id = u.id AND f.team_id = $?)",
            optional: filter.team.map { .id($0) }
        )
        list.search(request.search, in: "u.search")
        return list.page(
            database.dialect == .sqlite ? AccountRow.sqlite : AccountRow.postgres,
            sortedBy: "u.\(request.order.key.column)",
            id: "u.id",
            request
        )
    }
}

extension AccountSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .name: "name"
        case .email: "email"
        }
    }
}

extension Account {
    fileprivate func position(by key: AccountSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .name: .text(name)
            case .email: .text(email)
            }
        return ListPosition(value: value, id: id.text)
    }
}
