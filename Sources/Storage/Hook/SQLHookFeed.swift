import Domain

/// What happened since systems of the shop were told last, over either database.
struct SQLHookFeed: HookFeed {
    let database: any SQLDatabase

    // MARK: Planning

    func plan(since: Timestamp?, at moment: Timestamp, _ limits: HookLimits) async throws -> HookProgress {
        // Nearly always nobody listens, or nothing happened; asking takes no lock.
        let isWork = try await database.read { session in
            let found = try session.batch([
                SQLStatement(Self.anyListener), SQLStatement(Self.cursor), SQLStatement(Self.auditHead),
            ])
            guard !found[0].isEmpty, var cursor = found[1].first?.reader, var head = found[2].first?.reader else {
                return false
            }
            let (seq, rooms) = (try cursor.integer(), try cursor.moment())
            if try head.integer() > seq { return true }
            return try !session.execute(Self.behind, [.moment(since ?? rooms), .count(1)]).isEmpty
        }
        guard isWork else { return .nothing }
        return try await database.write { session in
            // Another hub plans: it goes on where this one would.
            guard var cursor = try session.execute(Self.takeCursor).first?.reader else { return .busy }
            let source = HookSource(
                auditSeq: try cursor.integer(), rooms: try cursor.moment(), since: since, at: moment, limits: limits)
            let endpoints = try session.execute(HookStatements.endpoints).map(HookEndpointRow.read).filter(\.isOn)
            guard let first = endpoints.map(\.since).min() else { return .nothing }
            let found = try source.read(from: first, session)
            let schedule = HookSchedule(
                found.news, to: endpoints, maxBodyBytes: limits.maxBodyBytes, at: moment)
            _ = try session.finish(
                try HookDeliveryRow.inserts(schedule, at: moment, session.texts) + found.statements)
            return HookProgress(owed: schedule.deliveries.count, isMore: found.isMore)
        }
    }

    // MARK: Sending

    func letter(_ id: HookDeliveryID, at moment: Timestamp) async throws -> HookLetter? {
        try await database.snapshot { session in
            guard var row = try session.execute(Self.letter, [.id(id)]).first?.reader else { return nil }
            let event = try row.text(HookEventID.init)
            let type = try row.text(HookEventType.init)
            let body = try row.text()
            let endpoint = try row.text(HookEndpointID.init)
            let url = try row.text(OutboundURL.init)
            let isOn = try row.optionalText() == nil
            let secrets = try session.execute(Self.secrets, [.id(endpoint), .moment(moment)])
                .map(HookEndpointRow.readSecret)
            return HookLetter(
                event: event, body: body, url: url, secrets: secrets, isWanted: isOn || type == .ping)
        }
    }

    func record(
        _ result: HookResult,
        of id: HookDeliveryID,
        took: Duration,
        at moment: Timestamp,
        patience: Duration
    ) async throws {
        _ = try await database.write(Writing<Bool>(by: .system, at: moment)) { session in
            guard var row = try session.execute(Self.tried, [.id(id)]).first?.reader else {
                return Change(false, nil)
            }
            let old = try SQLHookStore.locked(try row.text(HookEndpointID.init), session)
            var new = old
            let isChanged = new.heard(result, at: moment, patience: patience)
            let values: [SQLValue] = [
                .id(id), .moment(moment), .integer(took.milliseconds), .optional(result.status.map(Int64.init)),
                .optional(result.reason),
            ]
            var statements = [SQLStatement(Self.insertAttempt, values)]
            if isChanged { statements.append(HookEndpointRow.update(new)) }
            guard old.isOn, !new.isOn else { return Change(true, nil, statements: statements) }
            statements.append(SQLStatement(HookStatements.cancel, [.id(new.id)]))
            return Change(true, AuditEvent.changed(old, to: new), statements: statements)
        }
    }

    func endpoints() async throws -> [HookEndpoint] {
        try await database.read { session in
            try session.execute(HookStatements.endpoints).map(HookEndpointRow.read)
        }
    }

    // MARK: Forgetting

    func tidy(before moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write { session in
            let old = try session.execute(Self.old, [.moment(moment), .count(limit)]).map(\.values)
            guard !old.isEmpty else { return 0 }
            let deliveries = old.map { [$0[0]] }
            _ = try session.finish([
                Self.forgetAttempts.over(deliveries), Self.forgetDeliveries.over(deliveries),
                Self.forgetEntries.over(deliveries), Self.forgetEvents.over(old.map { [$0[1]] }),
            ])
            return old.count
        }
    }

    // MARK: Statements

    private static let anyListener: SQLText = "SELECT 1 FROM hook_endpoints WHERE off_because IS NULL LIMIT 1"

    private static let cursor: SQLText = "SELECT audit_seq, rooms_ms FROM hook_cursor WHERE id = 1"

    private static let auditHead: SQLText = "SELECT seq FROM audit_head WHERE id = 1"

    private static let takeCursor: SQLText = {
        let common = "SELECT c.audit_seq, c.rooms_ms FROM hook_cursor c WHERE c.id = 1"
        return SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF c SKIP LOCKED")
    }()

    /// Conversations whose log is ahead of what was told of it.
    static let behind = SQLText(
        """
        SELECT \(RoomRow.columns), COALESCE(p.seq, 0) FROM rooms r LEFT JOIN hook_places p ON p.room_id = r.id
        WHERE r.kind = 'conversation' AND r.changed_ms >= $1 AND COALESCE(p.seq, 0) < r.head
        ORDER BY r.changed_ms, r.id LIMIT $2
        """
    )

    private static let letter: SQLText = """
        SELECT e.id, e.type, e.body, h.id, h.url, h.off_because FROM hook_deliveries d
        JOIN hook_events e ON e.id = d.event_id JOIN hook_endpoints h ON h.id = d.endpoint_id WHERE d.id = $1
        """

    /// The present one first.
    private static let secrets: SQLText = """
        SELECT id, sealed FROM hook_secrets WHERE endpoint_id = $1 AND (until_ms IS NULL OR until_ms > $2)
        ORDER BY CASE WHEN until_ms IS NULL THEN 0 ELSE 1 END, id DESC
        """

    /// Of an endpoint that is still there.
    private static let tried: SQLText = """
        SELECT d.endpoint_id FROM hook_deliveries d JOIN hook_endpoints h ON h.id = d.endpoint_id WHERE d.id = $1
        """

    private static let insertAttempt: SQLText = """
        INSERT INTO hook_attempts (delivery_id, number, at_ms, took_ms, status, reason)
        SELECT d.id, COALESCE((SELECT max(t.number) FROM hook_attempts t WHERE t.delivery_id = d.id), 0) + 1,
            CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS TEXT)
        FROM hook_deliveries d WHERE d.id = $1
        """

    private static let old: SQLText = {
        let common = """
            SELECT d.id, d.event_id FROM hook_deliveries d JOIN outbox o ON o.id = d.entry_id
            WHERE o.state IN ('accepted', 'failed', 'cancelled')
                AND (d.created_ms < $1 OR NOT EXISTS (SELECT 1 FROM hook_endpoints h WHERE h.id = d.endpoint_id))
            ORDER BY d.created_ms, d.id LIMIT $2
            """
        return SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF d SKIP LOCKED")
    }()

    private static let forgetAttempts = SQLBulk(
        [.text("id")], "DELETE FROM hook_attempts WHERE delivery_id IN (SELECT k.id FROM k)")

    private static let forgetDeliveries = SQLBulk(
        [.text("id")], "DELETE FROM hook_deliveries WHERE id IN (SELECT k.id FROM k)")

    /// Those of all its replays.
    private static let forgetEntries = SQLBulk(
        [.text("id")],
        """
        DELETE FROM outbox WHERE channel = 'hook' AND recipient IN (SELECT k.id FROM k)
            AND state IN ('accepted', 'failed', 'cancelled')
        """
    )

    /// Those that no delivery is left of.
    private static let forgetEvents = SQLBulk(
        [.text("id")],
        """
        DELETE FROM hook_events WHERE id IN (SELECT k.id FROM k)
            AND NOT EXISTS (SELECT 1 FROM hook_deliveries d WHERE d.event_id = hook_events.id)
        """
    )
}
