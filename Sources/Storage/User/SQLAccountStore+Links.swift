import Domain

extension SQLAccountStore {
    func invite(_ account: Account, by link: AccountLink, _ writing: Writing<Account>) async throws -> Account {
        try await database.write(writing) { session in
            guard try !session.execute(AccountRow.insert(account, passwordHash: "")).isEmpty else {
                throw HubError.conflict("another user has this e-mail")
            }
            try TeamStatements.check(teams: account.teams, session)
            return Change(
                account,
                events: [.created(account), Self.issued(link)],
                statements: TeamStatements.put(account.teams, insteadOf: [], of: account.id, at: writing.at)
                    + [Self.put(link)]
            )
        }.value()
    }

    func put(_ link: AccountLink, _ writing: Writing<Account>) async throws -> Account {
        try await database.write(writing) { session in
            let account = try AccountStatements.locked(link.user, session)
            guard !account.isDisabled else { throw HubError.conflict("this user is disabled: enable them first") }
            switch link.purpose {
            case .invitation where !account.isInvited:
                throw HubError.conflict("this user has a password already: make a password reset")
            case .reset where account.isInvited:
                throw HubError.conflict("this user has not accepted their invitation yet: make a new one")
            case .invitation, .reset: break
            }
            return Change(account, events: [Self.issued(link)], statements: [Self.put(link)])
        }.value()
    }

    func holder(ofLink hash: String, for purpose: AccountLink.Purpose, at moment: Timestamp) async throws -> User? {
        try await database.read { session in
            try session.execute(Self.holder, [.text(hash), .text(purpose.rawValue), .moment(moment)])
                .first.map(UserRow.read)
        }
    }

    func use(
        linkWithHash hash: String,
        for purpose: AccountLink.Purpose,
        passwordHash: String,
        _ writing: Writing<User>
    ) async throws -> User {
        try await database.write(writing) { session in
            let values: [SQLValue] = [.text(hash), .text(purpose.rawValue), .moment(writing.at)]
            guard let holder = try session.execute(Self.holder, values).first.map(UserRow.read) else {
                throw AccountLink.refused
            }
            // The account first, as all do who write links. Who comes at the same time finds the link gone.
            let account = try AccountStatements.locked(holder.id, session)
            guard !account.isDisabled, try !session.execute(Self.use, values).isEmpty else { throw AccountLink.refused }
            return Change(
                account.user,
                events: [
                    AuditEvent("user.\(purpose.rawValue)_used", account.subject),
                    AccountStatements.passwordEvent(account.id),
                ],
                statements: [
                    SQLStatement(
                        AccountStatements.setPassword,
                        [.id(account.id), .text(passwordHash), .moment(writing.at)]),
                    SQLStatement(RefreshTokenStatements.revokeUser, [.id(account.id), .moment(writing.at)]),
                ]
            )
        }.value()
    }

    func setPassword(_ hash: String, of login: StaffLogin, _ writing: Writing<Void>) async throws {
        _ = try await database.write(writing) { session in
            let account = try AccountStatements.locked(login.user, session)
            return Change(
                (),
                AccountStatements.passwordEvent(account.id),
                statements: [
                    SQLStatement(
                        AccountStatements.setPassword, [.id(account.id), .text(hash), .moment(writing.at)]),
                    SQLStatement(
                        RefreshTokenStatements.revokeOthers,
                        [.id(account.id), .moment(writing.at), .id(login.family)]),
                ]
            )
        }
    }

    private static func issued(_ link: AccountLink) -> AuditEvent {
        AuditEvent(
            "user.\(link.purpose.rawValue)_issued",
            AuditSubject(kind: "user", id: link.user.text),
            after: .object(["expires_at": .string(link.expiresAt.rfc3339)])
        )
    }

    private static func put(_ link: AccountLink) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO account_links (user_id, hash, purpose, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id) DO UPDATE SET
                hash = excluded.hash, purpose = excluded.purpose, created_ms = excluded.created_ms,
                expires_ms = excluded.expires_ms
            """,
            [
                .id(link.user), .text(link.hash), .text(link.purpose.rawValue), .moment(link.createdAt),
                .moment(link.expiresAt),
            ]
        )
    }

    private static let holder = SQLText(
        """
        SELECT \(UserRow.columns) FROM account_links l JOIN users u ON u.id = l.user_id
        WHERE l.hash = $1 AND l.purpose = $2 AND l.expires_ms > $3 AND u.disabled = 0
        """)

    private static let use: SQLText =
        "DELETE FROM account_links WHERE hash = $1 AND purpose = $2 AND expires_ms > $3 RETURNING user_id"
}
