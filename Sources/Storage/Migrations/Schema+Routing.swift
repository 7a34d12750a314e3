extension Schema {
    /// Who waits, who has what, who is here: what routing decides from.
    static let routing = Migration("routing") { dialect in
        rooms(dialect) + signals(dialect) + staff(dialect) + queues(dialect)
    }

    private static func rooms(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE rooms ADD COLUMN team_id \(dialect.key)",
            "ALTER TABLE rooms ADD COLUMN last_agent \(dialect.key)",
            "UPDATE rooms SET team_id = assignee_id WHERE assignee_kind = 'team'",
            "UPDATE rooms SET last_agent = assignee_id WHERE assignee_kind = 'user'",
            "CREATE INDEX rooms_team ON rooms (team_id) WHERE team_id IS NOT NULL",
            "ALTER TABLE teams ADD COLUMN routing_policy \(dialect.key)",
            "ALTER TABLE teams ADD COLUMN last_agent_first SMALLINT",
            "ALTER TABLE teams ADD COLUMN asks_first SMALLINT",
        ]
    }

    private static func signals(_ dialect: SQLDialect) -> [String] {
        let id =
            switch dialect {
            case .sqlite: "id INTEGER PRIMARY KEY AUTOINCREMENT"
            case .postgres: "id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
            }
        return [
            // The one row that routing locks. `version` rises with every turn that changed something.
            """
            CREATE TABLE routing_state (
                id BIGINT PRIMARY KEY CHECK (id = 1),
                version BIGINT NOT NULL,
                next_ms BIGINT
            )
            """,
            "INSERT INTO routing_state (id, version, next_ms) VALUES (1, 0, NULL)",
            // Written by appends, which wait for nobody here; taken by the next turn.
            """
            CREATE TABLE routing_signals (
                \(id),
                room_id \(dialect.key) NOT NULL,
                answered_by \(dialect.key)
            )
            """,
            // Whoever waits or is being served already.
            """
            INSERT INTO routing_signals (room_id)
            SELECT id FROM rooms WHERE kind = 'conversation' AND state IN ('open', 'pending')
                AND (assignee_id IS NOT NULL OR waiting_ms IS NOT NULL)
            ORDER BY waiting_ms, id
            """,
            """
            CREATE TABLE routing_cases (
                room_id \(dialect.key) PRIMARY KEY,
                number BIGINT NOT NULL,
                phase \(dialect.key) NOT NULL,
                phase_ms BIGINT,
                epoch BIGINT NOT NULL
            )
            """,
        ]
    }

    private static func staff(_ dialect: SQLDialect) -> [String] {
        [
            // A hub that is not heard of any more takes its people with it.
            """
            CREATE TABLE routing_hubs (
                id \(dialect.key) PRIMARY KEY,
                seen_ms BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE routing_presence (
                hub_id \(dialect.key) NOT NULL,
                user_id \(dialect.key) NOT NULL,
                state \(dialect.key) NOT NULL,
                PRIMARY KEY (hub_id, user_id)
            )
            """,
            // As the last turn saw them.
            """
            CREATE TABLE routing_agents (
                user_id \(dialect.key) PRIMARY KEY,
                presence \(dialect.key) NOT NULL,
                since_ms BIGINT NOT NULL,
                assigned_ms BIGINT
            )
            """,
        ]
    }

    /// The queue that everybody serves has an empty team.
    private static func queues(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE routing_queues (
                team_id \(dialect.key) PRIMARY KEY,
                pointer \(dialect.key),
                pace TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE routing_entries (
                room_id \(dialect.key) PRIMARY KEY,
                channel \(dialect.key) NOT NULL,
                team_id \(dialect.key),
                skills TEXT NOT NULL,
                entered_ms BIGINT NOT NULL,
                priority BIGINT NOT NULL,
                preferred \(dialect.key),
                declined TEXT NOT NULL,
                silent TEXT NOT NULL,
                epoch BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE routing_offers (
                room_id \(dialect.key) PRIMARY KEY,
                user_id \(dialect.key) NOT NULL,
                channel \(dialect.key) NOT NULL,
                made_ms BIGINT NOT NULL,
                expires_ms BIGINT NOT NULL,
                origin TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE routing_holdings (
                room_id \(dialect.key) PRIMARY KEY,
                user_id \(dialect.key) NOT NULL,
                channel \(dialect.key) NOT NULL,
                team_id \(dialect.key),
                skills TEXT NOT NULL,
                priority BIGINT NOT NULL,
                epoch BIGINT NOT NULL,
                waits_ms BIGINT,
                owes_ms BIGINT
            )
            """,
        ]
    }
}
