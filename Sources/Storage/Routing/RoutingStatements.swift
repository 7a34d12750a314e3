import Domain

/// What routing reads, and what appends tell it.
enum RoutingStatements {
    /// In the append of whatever changed: an insert, which waits for nobody.
    static let signal = SQLBulk(
        [.text("room_id"), .text("answered_by")],
        sqlite: "INSERT INTO routing_signals (room_id, answered_by) VALUES ($1, $2)",
        postgres: "INSERT INTO routing_signals (room_id, answered_by) SELECT room_id, answered_by FROM k"
    )

    static let lock = SQLText.locking("SELECT s.id FROM routing_state s WHERE s.id = 1", of: "s")

    static let state: SQLText = "SELECT version, next_ms FROM routing_state WHERE id = 1"

    static let glance: SQLText = """
        SELECT version, next_ms, CASE WHEN EXISTS (SELECT 1 FROM routing_signals) THEN 1 ELSE 0 END
        FROM routing_state WHERE id = 1
        """

    /// Settings, teams, staff, presence, queues, entries, offers, holdings; see `RoutingRows`.
    static let everything: [SQLStatement] = [
        SQLStatement("SELECT key, value FROM shop_settings WHERE key LIKE 'routing.%' AND value IS NOT NULL"),
        SQLStatement(TeamRow.select("ORDER BY t.id")),
        SQLStatement(
            """
            SELECT u.id, u.name, u.capacity, a.presence, a.since_ms, a.assigned_ms
            FROM users u LEFT JOIN routing_agents a ON a.user_id = u.id WHERE u.disabled = 0
            """
        ),
        SQLStatement("SELECT user_id, state FROM routing_presence"),
        SQLStatement("SELECT team_id, pointer, pace FROM routing_queues"),
        SQLStatement(
            """
            SELECT room_id, channel, team_id, skills, entered_ms, priority, preferred, declined, silent, epoch
            FROM routing_entries
            """
        ),
        SQLStatement("SELECT room_id, user_id, channel, made_ms, expires_ms, origin FROM routing_offers"),
        SQLStatement(
            """
            SELECT room_id, user_id, channel, team_id, skills, priority, epoch, waits_ms, owes_ms
            FROM routing_holdings
            """
        ),
    ]

    /// So many at a time: a turn holds its lock no longer than it takes to look at them.
    static let signals: SQLText = "SELECT id, room_id, answered_by FROM routing_signals ORDER BY id LIMIT 2000"

    static let forgetSignals = SQLBulk(
        [.integer("id")],
        sqlite: "DELETE FROM routing_signals WHERE id = $1",
        postgres: "DELETE FROM routing_signals WHERE id IN (SELECT id FROM k)"
    )

    static let rooms = SQLBulk(
        [.text("id")],
        sqlite: "SELECT \(RoomRow.columns) FROM rooms r WHERE r.id = $1",
        postgres: "SELECT \(RoomRow.columns) FROM rooms r WHERE r.id IN (SELECT id FROM k)"
    )

    static let memories = SQLBulk(
        [.text("room_id")],
        SQLText(
            """
            SELECT c.room_id, c.number, c.phase, c.phase_ms, c.epoch, c.resolved_ms
            FROM k CROSS JOIN routing_cases c WHERE c.room_id = k.room_id
            """
        )
    )

    static let side: SQLText = "SELECT side FROM rooms WHERE id = $1 AND side IS NOT NULL"

    static let setState: SQLText = "UPDATE routing_state SET version = $1, next_ms = $2 WHERE id = 1"

    // MARK: Who is present

    static let forgetHubs: SQLText = "DELETE FROM routing_hubs WHERE seen_ms < $1 AND id <> $2 RETURNING id"

    static let forgetPresence: SQLText =
        "DELETE FROM routing_presence WHERE hub_id NOT IN (SELECT id FROM routing_hubs)"

    /// 1 for a hub that was not there.
    static let beat = SQLText(
        sqlite: """
            INSERT INTO routing_hubs (id, seen_ms) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET seen_ms = excluded.seen_ms
            RETURNING NOT EXISTS (SELECT 1 FROM routing_presence WHERE hub_id = $1)
            """,
        postgres: """
            INSERT INTO routing_hubs (id, seen_ms) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET seen_ms = excluded.seen_ms
            RETURNING CASE WHEN EXISTS (SELECT 1 FROM routing_presence WHERE hub_id = $1) THEN 0 ELSE 1 END
            """
    )

    static let putPresence = SQLBulk(
        [.text("hub_id"), .text("user_id"), .text("state")],
        """
        INSERT INTO routing_presence (hub_id, user_id, state) SELECT hub_id, user_id, state FROM k WHERE true
        ON CONFLICT (hub_id, user_id) DO UPDATE SET state = excluded.state
        """
    )

    static let removePresence = SQLBulk(
        [.text("hub_id"), .text("user_id")],
        "DELETE FROM routing_presence WHERE (hub_id, user_id) IN (SELECT hub_id, user_id FROM k)"
    )
}
