import Domain

/// Staff accounts and their refresh tokens over either database.
struct SQLUserStore: UserStore {
    let database: any SQLDatabase

    func add(_ user: User, passwordHash: String) async throws {
        let account = Account(user)
        _ = try await database.write(Writing<Void>(by: .system, at: user.createdAt)) { session in
            guard try !session.execute(AccountRow.insert(account, passwordHash: passwordHash)).isEmpty else {
                throw HubError.badRequest("there is a user with this e-mail already")
            }
            return Change((), .created(account))
        }
    }

    func user(_ id: UserID) async throws -> User? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(UserRow.read)
        }
    }

    func credentials(email: String) async throws -> (user: User, passwordHash: String?)? {
        try await database.read { session in
            try session.execute(Self.byEmail, [.text(email.lowercased())]).first.map { row in
                var reader = row.reader
                let user = try UserRow.read(&reader)
                let hash = try reader.text()
                return (user: user, passwordHash: hash.isEmpty ? nil : hash)
            }
        }
    }

    func users() async throws -> [User] {
        try await database.read { session in try session.execute(Self.all).map(UserRow.read) }
    }

    func hasUsers() async throws -> Bool {
        try await database.read { session in try !session.execute("SELECT 1 FROM users LIMIT 1").isEmpty }
    }

    func usersChanged(since moment: Timestamp) async throws -> [User] {
        try await database.read { session in
            try session.execute(Self.changedSince, [.moment(moment)]).map(UserRow.read)
        }
    }

    /// Throws `not_found` for an unknown user.
    func setPassword(_ hash: String, of user: UserID, at moment: Timestamp) async throws {
        _ = try await database.write(Writing<Void>(by: .system, at: moment)) { session in
            _ = try AccountStatements.locked(user, session)
            return Change(
                (),
                AccountStatements.passwordEvent(user),
                statements: [
                    SQLStatement(AccountStatements.setPassword, [.id(user), .text(hash), .moment(moment)]),
                    SQLStatement(RefreshTokenStatements.revokeUser, [.id(user), .moment(moment)]),
                ]
            )
        }
    }

    /// Throws `not_found` for an unknown user.
    func setDisabled(_ isDisabled: Bool, of user: UserID, at moment: Timestamp) async throws {
        _ = try await database.write(Writing<Void>(by: .system, at: moment)) { session in
            let old = try AccountStatements.locked(user, session)
            var new = old
            new.isDisabled = isDisabled
            guard let event = AuditEvent.changed(old, to: new) else { return Change((), nil) }
            new.touch(at: moment)
            var statements = [AccountRow.update(new)]
            if isDisabled {
                statements.append(SQLStatement(RefreshTokenStatements.revokeUser, [.id(user), .moment(moment)]))
            }
            return Change((), event, statements: statements)
        }
    }

    // MARK: Statements

    private static let byID = SQLText("SELECT \(UserRow.columns) FROM users u WHERE u.id = $1")

    private static let byEmail = SQLText(
        "SELECT \(UserRow.columns), u.password_hash FROM users u WHERE u.email = $1"
    )

    private static let all = SQLText("SELECT \(UserRow.columns) FROM users u ORDER BY u.name, u.id")

    private static let changedSince = SQLText(
        "SELECT \(UserRow.columns) FROM users u WHERE u.changed_ms >= $1 ORDER BY u.changed_ms, u.id"
    )
}
