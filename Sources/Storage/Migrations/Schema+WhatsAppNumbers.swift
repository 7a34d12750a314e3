extension Schema {
    /// What people on WhatsApp were reached by before, and who turned out to be one person.
    static let whatsAppNumbers = Migration("whatsapp numbers") { dialect in
        withoutAddress(dialect) + [
            """
            CREATE TABLE whatsapp_former (
                number_id \(dialect.key) NOT NULL,
                value \(dialect.key) NOT NULL,
                kind \(dialect.key) NOT NULL,
                until_ms BIGINT NOT NULL,
                identity_id \(dialect.key) NOT NULL,
                PRIMARY KEY (number_id, value, kind, until_ms)
            )
            """,
            "CREATE INDEX whatsapp_former_identity ON whatsapp_former (identity_id)",
            // `id` is no row of `whatsapp_identities` any more; messages in the log are signed by it.
            """
            CREATE TABLE whatsapp_joined (
                id \(dialect.key) PRIMARY KEY,
                identity_id \(dialect.key) NOT NULL,
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                at_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX whatsapp_joined_identity ON whatsapp_joined (identity_id)",
        ]
    }

    /// Whose number went to somebody else, and who had no user id, has no address until they write again.
    private static func withoutAddress(_ dialect: SQLDialect) -> [String] {
        switch dialect {
        case .postgres:
            return ["ALTER TABLE whatsapp_identities DROP CONSTRAINT whatsapp_identities_check"]
        case .sqlite:
            let columns = """
                id, number_id, user_id, phone, parent_user_id, name, username, room_id, contact_kind, contact_value, \
                marketing, erased_ms, created_ms, changed_ms
                """
            // SQLite cannot take a check away.
            return [
                """
                CREATE TABLE whatsapp_identities_new (
                    id \(dialect.key) PRIMARY KEY,
                    number_id \(dialect.key) NOT NULL,
                    user_id \(dialect.key),
                    phone \(dialect.key),
                    parent_user_id TEXT,
                    name TEXT,
                    username TEXT,
                    room_id \(dialect.key) NOT NULL UNIQUE,
                    contact_kind \(dialect.key),
                    contact_value \(dialect.key),
                    marketing \(dialect.key),
                    erased_ms BIGINT,
                    created_ms BIGINT NOT NULL,
                    changed_ms BIGINT NOT NULL,
                    UNIQUE (number_id, user_id),
                    UNIQUE (number_id, phone)
                )
                """,
                "INSERT INTO whatsapp_identities_new (\(columns)) SELECT \(columns) FROM whatsapp_identities",
                "DROP TABLE whatsapp_identities",
                "ALTER TABLE whatsapp_identities_new RENAME TO whatsapp_identities",
                "CREATE INDEX whatsapp_identities_contact ON whatsapp_identities (contact_value, contact_kind)",
            ]
        }
    }
}
