extension Schema {
    /// Webhooks as they came, and who writes to us on WhatsApp.
    static let whatsApp = Migration("whatsapp") { dialect in
        webhooks(dialect) + identities(dialect) + messages(dialect)
    }

    private static func webhooks(_ dialect: SQLDialect) -> [String] {
        [
            // `due_ms`: from when on somebody may take it; a lease while somebody works on it.
            """
            CREATE TABLE webhook_events (
                id \(dialect.key) PRIMARY KEY,
                provider \(dialect.key) NOT NULL,
                received_ms BIGINT NOT NULL,
                encoding \(dialect.key) NOT NULL,
                body TEXT NOT NULL,
                state \(dialect.key) NOT NULL,
                attempts BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                error TEXT
            )
            """,
            "CREATE INDEX webhook_events_due ON webhook_events (received_ms, id) WHERE state = 'new'",
            "CREATE INDEX webhook_events_old ON webhook_events (received_ms) WHERE state = 'done'",
            "CREATE INDEX webhook_events_parked ON webhook_events (received_ms) WHERE state = 'parked'",
            // Items that wait for a message they speak of, and items that could not be handled.
            """
            CREATE TABLE webhook_items (
                event_id \(dialect.key) NOT NULL,
                place BIGINT NOT NULL,
                provider \(dialect.key) NOT NULL,
                item TEXT NOT NULL,
                state \(dialect.key) NOT NULL,
                awaits \(dialect.key),
                error TEXT NOT NULL,
                received_ms BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                PRIMARY KEY (event_id, place)
            )
            """,
            "CREATE INDEX webhook_items_awaits ON webhook_items (awaits) WHERE state = 'waiting'",
            "CREATE INDEX webhook_items_parked ON webhook_items (received_ms) WHERE state = 'parked'",
            "CREATE INDEX webhook_items_old ON webhook_items (received_ms) WHERE state = 'waiting'",
        ]
    }

    private static func identities(_ dialect: SQLDialect) -> [String] {
        [
            // Both parts of a person may be missing, but not at once; neither names two people at one number of ours.
            // `contact_kind` and `contact_value` name the identity of the CRM that the conversation goes with.
            """
            CREATE TABLE whatsapp_identities (
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
                last_inbound_ms BIGINT,
                marketing \(dialect.key),
                erased_ms BIGINT,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                CHECK (user_id IS NOT NULL OR phone IS NOT NULL OR erased_ms IS NOT NULL),
                UNIQUE (number_id, user_id),
                UNIQUE (number_id, phone)
            )
            """,
            "CREATE INDEX whatsapp_identities_contact ON whatsapp_identities (contact_value, contact_kind)",
            "ALTER TABLE rooms ADD COLUMN whatsapp_id \(dialect.key) REFERENCES whatsapp_identities (id)",
            "CREATE INDEX rooms_whatsapp ON rooms (whatsapp_id) WHERE whatsapp_id IS NOT NULL",
        ]
    }

    /// Where a message of WhatsApp stands in our log; its id is unique for ever.
    private static func messages(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE whatsapp_messages (
                id \(dialect.key) PRIMARY KEY,
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                seq BIGINT NOT NULL,
                sent_ms BIGINT NOT NULL,
                context TEXT NOT NULL
            )
            """,
            // Files that are owed to the log; `due_ms` as for deliveries.
            """
            CREATE TABLE whatsapp_files (
                message_id \(dialect.key) PRIMARY KEY REFERENCES whatsapp_messages (id),
                number_id \(dialect.key) NOT NULL,
                room_id \(dialect.key) NOT NULL,
                seq BIGINT NOT NULL,
                author TEXT NOT NULL,
                kind \(dialect.key) NOT NULL,
                media_id TEXT NOT NULL,
                type TEXT,
                digest TEXT,
                caption TEXT,
                name TEXT,
                voice SMALLINT NOT NULL,
                animated SMALLINT NOT NULL,
                sent_ms BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                due_ms BIGINT NOT NULL,
                error TEXT
            )
            """,
            "CREATE INDEX whatsapp_files_due ON whatsapp_files (due_ms, message_id)",
            "CREATE INDEX whatsapp_files_room ON whatsapp_files (room_id)",
            "CREATE INDEX whatsapp_messages_room ON whatsapp_messages (room_id, seq)",
        ]
    }
}
