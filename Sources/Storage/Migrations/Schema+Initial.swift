extension Schema {
    /// Rooms and their logs, visitors, staff, attachments, search.
    static let initial = Migration("initial") { dialect in
        settings(dialect) + visitors(dialect) + rooms(dialect) + events(dialect) + people(dialect) + search(dialect)
    }

    private static func settings(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE settings (
                key \(dialect.key) PRIMARY KEY,
                value TEXT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            // Names this incarnation of the store.
            "INSERT INTO settings (key, value, changed_ms) VALUES ('epoch', \(dialect.random), \(dialect.now))",
        ]
    }

    private static func visitors(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE visitors (
                id \(dialect.key) PRIMARY KEY,
                room_id \(dialect.key) NOT NULL UNIQUE,
                name TEXT,
                email TEXT,
                phone TEXT,
                locale TEXT,
                page TEXT,
                verified_user_id \(dialect.key) UNIQUE,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE visitor_tokens (
                hash \(dialect.key) PRIMARY KEY,
                visitor_id \(dialect.key) NOT NULL REFERENCES visitors (id),
                created_ms BIGINT NOT NULL
            )
            """,
        ]
    }

    /// A conversation's columns stand in the room's row, because the append locks and changes them together.
    private static func rooms(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE rooms (
                id \(dialect.key) PRIMARY KEY,
                kind \(dialect.key) NOT NULL,
                title TEXT NOT NULL,
                head BIGINT NOT NULL,
                parent \(dialect.key) REFERENCES rooms (id),
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                last TEXT,
                direct_key \(dialect.key) UNIQUE,
                side \(dialect.key),
                channel \(dialect.key),
                visitor_id \(dialect.key) REFERENCES visitors (id),
                state \(dialect.key),
                snoozed_ms BIGINT,
                assignee_kind \(dialect.key),
                assignee_id \(dialect.key),
                assignee_name TEXT,
                epoch BIGINT,
                unread BIGINT,
                waiting_ms BIGINT
            )
            """,
            "CREATE INDEX rooms_changed ON rooms (changed_ms, id)",
            "CREATE INDEX rooms_inbox_state ON rooms (state, changed_ms, id) WHERE kind = 'conversation'",
            "CREATE INDEX rooms_inbox_assignee ON rooms (assignee_id, changed_ms, id) WHERE kind = 'conversation'",
            "CREATE INDEX rooms_snoozed ON rooms (snoozed_ms, id) WHERE state = 'snoozed'",
            "CREATE INDEX rooms_visitor ON rooms (visitor_id) WHERE visitor_id IS NOT NULL",
            "CREATE UNIQUE INDEX rooms_side ON rooms (parent) WHERE parent IS NOT NULL",
            "CREATE INDEX rooms_channels ON rooms (id) WHERE kind = 'channel'",
            """
            CREATE TABLE room_members (
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                member_kind \(dialect.key) NOT NULL,
                member_id \(dialect.key) NOT NULL,
                member_name TEXT NOT NULL,
                added_ms BIGINT NOT NULL,
                PRIMARY KEY (room_id, member_kind, member_id)
            )
            """,
            "CREATE INDEX room_members_member ON room_members (member_kind, member_id, room_id)",
            """
            CREATE TABLE read_markers (
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                reader_kind \(dialect.key) NOT NULL,
                reader_id \(dialect.key) NOT NULL,
                seq BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                PRIMARY KEY (room_id, reader_kind, reader_id)
            )
            """,
        ]
    }

    private static func events(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE room_events (
                room_id \(dialect.key) NOT NULL REFERENCES rooms (id),
                seq BIGINT NOT NULL,
                type \(dialect.key) NOT NULL,
                at_ms BIGINT NOT NULL,
                author_kind \(dialect.key) NOT NULL,
                author_id \(dialect.key) NOT NULL,
                author_name TEXT NOT NULL,
                mid \(dialect.key) NOT NULL,
                target BIGINT,
                reply_to BIGINT,
                content TEXT NOT NULL,
                anchor BIGINT,
                PRIMARY KEY (room_id, seq),
                UNIQUE (room_id, author_kind, author_id, mid)
            )
            """,
            "CREATE INDEX room_events_messages ON room_events (room_id, seq) WHERE type = 'msg'",
            "CREATE INDEX room_events_changes ON room_events (room_id, target, seq) WHERE target IS NOT NULL",
            """
            CREATE INDEX room_events_notices ON room_events (room_id, seq)
            WHERE target IS NULL AND type <> 'msg'
            """,
        ]
    }

    private static func people(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE users (
                id \(dialect.key) PRIMARY KEY,
                email \(dialect.key) NOT NULL UNIQUE,
                name TEXT NOT NULL,
                role \(dialect.key) NOT NULL,
                disabled SMALLINT NOT NULL,
                password_hash TEXT NOT NULL,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX users_changed ON users (changed_ms)",
            """
            CREATE TABLE refresh_tokens (
                hash \(dialect.key) PRIMARY KEY,
                family \(dialect.key) NOT NULL,
                user_id \(dialect.key) NOT NULL REFERENCES users (id),
                issued_ms BIGINT NOT NULL,
                expires_ms BIGINT NOT NULL,
                used_ms BIGINT,
                revoked_ms BIGINT
            )
            """,
            "CREATE INDEX refresh_tokens_family ON refresh_tokens (family)",
            "CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id)",
            """
            CREATE TABLE attachments (
                id \(dialect.key) PRIMARY KEY,
                digest \(dialect.key) NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                size BIGINT NOT NULL,
                width BIGINT,
                height BIGINT,
                uploader_kind \(dialect.key) NOT NULL,
                uploader_id \(dialect.key) NOT NULL,
                uploader_name TEXT NOT NULL,
                created_ms BIGINT NOT NULL
            )
            """,
            "CREATE INDEX attachments_digest ON attachments (digest)",
        ]
    }

    /// Folded texts, one row for each message and each edit, never changed. `rowid` rises with their commit.
    private static func search(_ dialect: SQLDialect) -> [String] {
        switch dialect {
        case .sqlite:
            [
                """
                CREATE VIRTUAL TABLE message_search USING fts5 (
                    room_id UNINDEXED, seq UNINDEXED, target UNINDEXED, text, tokenize = 'trigram'
                )
                """
            ]
        case .postgres:
            [
                """
                CREATE TABLE message_search (
                    rowid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    room_id TEXT COLLATE "C" NOT NULL,
                    seq BIGINT NOT NULL,
                    target BIGINT NOT NULL,
                    text TEXT NOT NULL
                )
                """,
                "CREATE INDEX message_search_room ON message_search (room_id, rowid)",
                // The extension is trusted, so the owner of the database may make it. Where that is forbidden,
                // search works all the same, by reading more.
                """
                DO $trigram$ BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE INDEX message_search_text ON message_search USING gin (text gin_trgm_ops);
                EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object
                    OR invalid_schema_name
                THEN
                    RAISE NOTICE 'pg_trgm cannot be installed: search has no index';
                END $trigram$
                """,
            ]
        }
    }
}
