import Domain

/// What the stores of accounts and of users have in common.
enum AccountStatements {
    static let byID = AccountRow.select("WHERE u.id = $1")

    static let lock = SQLText.holding("SELECT u.id FROM users u WHERE u.id = $1", of: "u")

    /// Everybody who can administer, in the order of their ids: whoever takes one away holds them all.
    static let lockAdmins = SQLText.holding(
        """
        SELECT u.id FROM users u WHERE u.role = 'admin' AND u.disabled = 0 AND u.password_hash <> '' ORDER BY u.id
        """,
        of: "u"
    )

    /// Throws `not_found`.
    static func locked(_ id: UserID, _ session: any SQLSession) throws -> Account {
        // The row is read after it is locked, so that its teams are those of now.
        let found = try session.batch([SQLStatement(lock, [.id(id)]), SQLStatement(byID, [.id(id)])])
        guard let account = try found[1].first.map(AccountRow.read) else {
            throw HubError.notFound("there is no such user")
        }
        return account
    }

    static let setPassword: SQLText = "UPDATE users SET password_hash = $2, changed_ms = $3 WHERE id = $1"

    static func passwordEvent(_ user: UserID) -> AuditEvent {
        AuditEvent("user.password_set", AuditSubject(kind: "user", id: user.text))
    }
}
