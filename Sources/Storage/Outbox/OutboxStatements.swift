import Domain

/// What reads and writes the outbox.
enum OutboxStatements {
    static let byID = SQLText("SELECT \(OutboxRow.columns) FROM outbox o WHERE o.id = $1")

    static let lock = SQLText.locking("SELECT \(OutboxRow.columns) FROM outbox o WHERE o.id = $1", of: "o")

    /// Entries that are due and have nothing before them in their lane.
    ///
    /// PostgreSQL looks at a row again when it locks it, so an entry that another hub took a moment ago is not taken
    /// twice. What lies behind it is not free: in the same moment it was `queued`, and since then it is `sending`.
    static func due(limit: Int, without resting: Set<String>, at moment: Timestamp) -> SQLStatement {
        let numbers = resting.sorted()
        let places = numbers.indices.map { "$\($0 + 3)" }.joined(separator: ", ")
        let common = """
            SELECT \(OutboxRow.columns) FROM outbox o
            WHERE o.state = 'queued' AND o.channel <> 'hook' AND o.due_ms <= $1\(numbers.isEmpty ? "" : " AND o.number_id NOT IN (\(places))")
                AND NOT EXISTS (
                    SELECT 1 FROM outbox b
                    WHERE b.lane = o.lane AND b.state IN ('queued', 'sending')
                        AND (b.seq < o.seq OR (b.seq = o.seq AND b.part < o.part))
                )
            ORDER BY o.due_ms, o.id LIMIT $2
            """
        return SQLStatement(
            SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF o SKIP LOCKED"),
            [.moment(moment), .count(limit)] + numbers.map { .text($0) },
            isOnce: !numbers.isEmpty
        )
    }

    static let anyHookDue: SQLText =
        "SELECT 1 FROM outbox WHERE channel = 'hook' AND state = 'queued' AND due_ms <= $1 LIMIT 1"

    /// Also those of systems that are gone: what was under way then comes back once.
    static let hookNumbers: SQLText = "SELECT id FROM hook_endpoints ORDER BY id"

    /// Deliveries to one system of the shop; each has a lane of its own.
    static let dueHooks: SQLText = {
        let common = """
            SELECT \(OutboxRow.columns) FROM outbox o
            WHERE o.channel = 'hook' AND o.state = 'queued' AND o.number_id = $1 AND o.due_ms <= $2
            ORDER BY o.due_ms, o.id LIMIT $3
            """
        return SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF o SKIP LOCKED")
    }()

    static let update = SQLBulk(
        [
            .text("id"), .text("state"), .integer("due_ms"), .integer("takes"), .integer("attempts"),
            .integer("pair_refusals"), .text("provider_id"), .text("reached"), .text("problem"), .integer("untold"),
        ],
        sqlite: """
            UPDATE outbox SET version = version + 1, state = $2, due_ms = $3, takes = $4, attempts = $5,
                pair_refusals = $6, provider_id = $7, reached = $8, problem = $9, untold = max(untold, $10)
            WHERE id = $1
            """,
        postgres: """
            UPDATE outbox SET version = outbox.version + 1, state = k.state, due_ms = k.due_ms, takes = k.takes,
                attempts = k.attempts, pair_refusals = k.pair_refusals, provider_id = k.provider_id,
                reached = k.reached, problem = k.problem, untold = greatest(outbox.untold, k.untold)
            FROM k WHERE outbox.id = k.id
            """
    )

    static func update(_ entry: OutboxEntry, isUntold: Bool) -> [SQLValue] {
        [.id(entry.id), .text(entry.delivery.state.rawValue)] + OutboxRow.changing(entry.delivery)
            + [.flag(isUntold)]
    }

    /// What has not left of a message; what is on its way is not tried again.
    static let cancel: SQLText = """
        UPDATE outbox SET version = version + 1, withdrawn = 1,
            untold = CASE WHEN state = 'queued' THEN 1 ELSE untold END,
            state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
        WHERE room_id = $1 AND seq = $2 AND state IN ('queued', 'sending') RETURNING state
        """

    // MARK: Time

    private static func passing(_ condition: String, by column: String) -> SQLText {
        let common = """
            SELECT \(OutboxRow.columns) FROM outbox o WHERE \(condition) AND o.\(column) <= $1
            ORDER BY o.\(column) LIMIT $2
            """
        return SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF o SKIP LOCKED")
    }

    static let ending = passing("o.state IN ('sending', 'unsure')", by: "due_ms")

    static let ageing = passing("o.state = 'queued'", by: "created_ms")

    /// What waits for its time, but for recipients who were written to too fast.
    static let putOff: SQLText = {
        let common = """
            SELECT \(OutboxRow.columns) FROM outbox o
            WHERE o.channel = $1 AND o.state = 'queued' AND o.due_ms > $2 AND o.pair_refusals = 0
            ORDER BY o.due_ms LIMIT $3
            """
        return SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF o SKIP LOCKED")
    }()

    // MARK: Reports

    static let untold: SQLText = """
        SELECT room_id, seq FROM outbox WHERE untold = 1 GROUP BY room_id, seq ORDER BY min(created_ms) LIMIT $1
        """

    static let parts = SQLBulk(
        [.text("room_id"), .integer("seq")],
        SQLText(
            """
            SELECT o.id, o.version, o.room_id, o.seq, \(OutboxRow.deliveryColumns)
            FROM k CROSS JOIN outbox o WHERE o.room_id = k.room_id AND o.seq = k.seq
            """
        )
    )

    static let told = SQLBulk(
        [.text("id"), .integer("version")],
        sqlite: "UPDATE outbox SET untold = 0 WHERE id = $1 AND version = $2",
        postgres: "UPDATE outbox SET untold = 0 FROM k WHERE outbox.id = k.id AND outbox.version = k.version"
    )

    static func counts(_ share: OutboxShare) -> SQLText {
        let condition = share == .hooks ? "channel = 'hook'" : "channel <> 'hook'"
        return SQLText(
            """
            SELECT state, count(*) FROM outbox WHERE state <> 'accepted' AND state <> 'cancelled' AND \(condition)
            GROUP BY state
            """
        )
    }
}
