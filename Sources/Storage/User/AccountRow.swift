import Domain

/// Accounts as their table stores them.
enum AccountRow {
    /// Of the table named `u`.
    private static let columns = """
        u.id, u.email, u.created_ms, u.changed_ms, u.version, u.name, u.role, u.disabled, u.capacity, u.language,
        CASE WHEN u.password_hash = '' THEN 1 ELSE 0 END
        """

    /// `rest` goes on behind `FROM users u`.
    static func select(_ rest: String) -> SQLText {
        SQLText(sqlite: "\(sqlite) \(rest)", postgres: "\(postgres) \(rest)")
    }

    static let sqlite = text(joining: "group_concat")
    static let postgres = text(joining: "string_agg")

    private static func text(joining function: String) -> String {
        """
        SELECT \(columns), (SELECT \(function)(m.team_id, ' ') FROM team_members m WHERE m.user_id = u.id)
        FROM users u
        """
    }

    static func read(_ row: SQLRow) throws(HubError) -> Account {
        var row = row.reader
        var account = Account(
            id: try row.text(UserID.init), email: try row.text(), isInvited: false, at: try row.moment())
        account.changedAt = try row.moment()
        account.version = try row.integer()
        account.name = try row.text()
        account.role = try row.text(User.Role.init)
        account.isDisabled = try row.flag()
        account.capacity = try row.integer()
        account.language = try row.text(Language.init)
        account.isInvited = try row.flag()
        account.teams = (try row.optionalText() ?? "").split(separator: " ").compactMap { TeamID(String($0)) }.sorted()
        return account
    }

    static func insert(_ account: Account, passwordHash: String) -> SQLStatement {
        SQLStatement(insert, values(account) + [.text(passwordHash)])
    }

    static func update(_ account: Account) -> SQLStatement {
        SQLStatement(update, values(account))
    }

    private static func values(_ account: Account) -> [SQLValue] {
        [
            .id(account.id), .text(account.email), .moment(account.createdAt), .moment(account.changedAt),
            .integer(account.version), .text(account.name), .text(account.role.rawValue), .flag(account.isDisabled),
            .integer(account.capacity), .text(account.language.rawValue),
            .text(SearchText.fold(account.searchText)),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO users (
            id, email, created_ms, changed_ms, version, name, role, disabled, capacity, language, search, password_hash
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE users SET
            email = $2, created_ms = $3, changed_ms = $4, version = $5, name = $6, role = $7, disabled = $8,
            capacity = $9, language = $10, search = $11
        WHERE id = $1
        """
}
