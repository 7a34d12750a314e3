import Domain

/// Staff accounts and their refresh tokens over either database.
struct SQLUserStore: UserStore {
    let database: any SQLDatabase

    func add(_ user: User, passwordHash: String) async throws {
        try await database.write { session in
            let made = try session.finish(
                Self.insert,
                [
                    .id(user.id), .text(user.email.lowercased()), .text(user.name), .text(user.role.rawValue),
                    .flag(user.isDisabled), .text(passwordHash), .moment(user.createdAt),
                ]
            )
            guard !made.isEmpty else { throw HubError.badRequest("there is a user with this e-mail already") }
        }
    }

    func user(_ id: UserID) async throws -> User? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(UserRow.read)
        }
    }

    func credentials(email: String) async throws -> (user: User, passwordHash: String)? {
        try await database.read { session in
            try session.execute(Self.byEmail, [.text(email.lowercased())]).first.map { row in
                var reader = row.reader
                return (user: try UserRow.read(&reader), passwordHash: try reader.text())
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
        try await change(user, revokingTokens: true, Self.setPassword, [.id(user), .text(hash)], moment)
    }

    /// Throws `not_found` for an unknown user.
    func setDisabled(_ isDisabled: Bool, of user: UserID, at moment: Timestamp) async throws {
        try await change(user, revokingTokens: isDisabled, Self.setDisabled, [.id(user), .flag(isDisabled)], moment)
    }

    private func change(
        _ user: UserID,
        revokingTokens: Bool,
        _ text: SQLText,
        _ values: [SQLValue],
        _ moment: Timestamp
    ) async throws {
        try await database.write { session in
            var statements = [SQLStatement(text, values + [.moment(moment)])]
            if revokingTokens {
                statements.append(SQLStatement(RefreshTokenStatements.revokeUser, [.id(user), .moment(moment)]))
            }
            guard try !session.finish(statements)[0].isEmpty else {
                throw HubError.notFound("user \(user) does not exist")
            }
        }
    }

    // MARK: Statements

    private static let insert: SQLText = """
        INSERT INTO users (id, email, name, role, disabled, password_hash, created_ms, changed_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let byID = SQLText("SELECT \(UserRow.columns) FROM users u WHERE u.id = $1")

    private static let byEmail = SQLText(
        "SELECT \(UserRow.columns), u.password_hash FROM users u WHERE u.email = $1"
    )

    private static let all = SQLText("SELECT \(UserRow.columns) FROM users u ORDER BY u.name, u.id")

    private static let changedSince = SQLText(
        "SELECT \(UserRow.columns) FROM users u WHERE u.changed_ms >= $1 ORDER BY u.changed_ms, u.id"
    )

    private static let setPassword: SQLText =
        "UPDATE users SET password_hash = $2, changed_ms = $3 WHERE id = $1 RETURNING id"

    private static let setDisabled: SQLText =
        "UPDATE users SET disabled = $2, changed_ms = $3 WHERE id = $1 RETURNING id"
}
