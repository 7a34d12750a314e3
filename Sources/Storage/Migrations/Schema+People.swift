extension Schema {
    /// Accounts as administrators keep them, their links and API tokens, teams, and the shop's settings.
    static let people = Migration("people") { dialect in
        accounts(dialect) + tokens(dialect) + teams(dialect) + shopSettings(dialect)
    }

    private static func accounts(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE users ADD COLUMN capacity BIGINT NOT NULL DEFAULT 5",
            "ALTER TABLE users ADD COLUMN language \(dialect.key) NOT NULL DEFAULT 'ar'",
            "ALTER TABLE users ADD COLUMN search TEXT NOT NULL DEFAULT ''",
            "UPDATE users SET search = \(folded("name || ' ' || email"))",
            "CREATE INDEX users_created ON users (created_ms, id)",
            // At most one for each account: a new link takes the place of the old one, and a used one is gone.
            """
            CREATE TABLE account_links (
                user_id \(dialect.key) PRIMARY KEY REFERENCES users (id),
                hash \(dialect.key) NOT NULL UNIQUE,
                purpose \(dialect.key) NOT NULL,
                created_ms BIGINT NOT NULL,
                expires_ms BIGINT NOT NULL
            )
            """,
        ]
    }

    private static func tokens(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE api_tokens (
                id \(dialect.key) PRIMARY KEY,
                user_id \(dialect.key) NOT NULL REFERENCES users (id),
                name TEXT NOT NULL,
                scopes TEXT NOT NULL,
                hash \(dialect.key) NOT NULL UNIQUE,
                created_ms BIGINT NOT NULL,
                expires_ms BIGINT NOT NULL,
                used_ms BIGINT,
                revoked_ms BIGINT
            )
            """,
            "CREATE INDEX api_tokens_user ON api_tokens (user_id, created_ms, id)",
            "CREATE INDEX api_tokens_created ON api_tokens (created_ms, id)",
        ]
    }

    private static func teams(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE teams (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                name_ar \(dialect.key) NOT NULL,
                name_en TEXT,
                skills TEXT NOT NULL,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX teams_name ON teams (name_ar, id)",
            """
            CREATE TABLE team_members (
                team_id \(dialect.key) NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
                user_id \(dialect.key) NOT NULL REFERENCES users (id),
                PRIMARY KEY (team_id, user_id)
            )
            """,
            "CREATE INDEX team_members_user ON team_members (user_id, team_id)",
        ]
    }

    /// Apart from `settings`, which the hub keeps for itself. A value of null is the default.
    private static func shopSettings(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE shop_settings (
                key \(dialect.key) PRIMARY KEY,
                value TEXT,
                version BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """
        ]
    }

    /// As `SearchText` folds the letters that names are made of. Each account is folded wholly with its next change.
    private static func folded(_ expression: String) -> String {
        let letters = [
            ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ئ", "ي"), ("ؤ", "و"),
            ("\u{0640}", ""), ("\u{064B}", ""), ("\u{064C}", ""), ("\u{064D}", ""), ("\u{064E}", ""),
            ("\u{064F}", ""), ("\u{0650}", ""), ("\u{0651}", ""), ("\u{0652}", ""),
        ]
        return letters.reduce("lower(\(expression))") { "replace(\($0), '\($1.0)', '\($1.1)')" }
    }
}
