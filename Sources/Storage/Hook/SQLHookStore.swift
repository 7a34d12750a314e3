import Domain

/// Endpoints of the shop's systems over either database.
struct SQLHookStore: HookStore {
    let database: any SQLDatabase

    // MARK: Endpoints

    func endpoints(
        _ request: ListRequest<HookEndpointSort, HookEndpointFilter>
    ) async throws -> ListPage<HookEndpoint> {
        let statement = ListStatement().page(
            "SELECT \(HookEndpointRow.columns) FROM hook_endpoints h", sortedBy: "h.created_ms", id: "h.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(HookEndpointRow.read), limit: request.limit) { endpoint in
                ListPosition(value: .integer(endpoint.createdAt.milliseconds), id: endpoint.id.text)
            }
        }
    }

    func endpoint(_ id: HookEndpointID) async throws -> HookEndpoint? {
        try await database.read { session in
            try session.execute(HookStatements.endpoint, [.id(id)]).first.map(HookEndpointRow.read)
        }
    }

    func add(
        _ endpoint: HookEndpoint,
        _ secret: KeptHookSecret,
        max: Int,
        _ writing: Writing<HookEndpoint>
    ) async throws -> HookEndpoint {
        try await database.write(writing) { session in
            let others = try Self.lock(session)
            guard others.count < max else {
                throw HubError.conflict("there are \(max) endpoints, which is as many as there may be: remove one")
            }
            return Change(
                endpoint, .created(endpoint),
                statements: [HookEndpointRow.insert(endpoint), HookEndpointRow.insert(secret, of: endpoint.id)]
                    + (try Self.skip(others, at: writing.at, session)))
        }.value()
    }

    func change(
        _ id: HookEndpointID,
        expected: Int64?,
        _ writing: Writing<HookEndpoint>,
        _ change: @escaping @Sendable (inout HookEndpoint) throws -> Void
    ) async throws -> HookEndpoint {
        try await database.write(writing) { session in
            let others = try Self.lock(session).filter { $0.id != id }
            let old = try Self.locked(id, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                var statements = [HookEndpointRow.update(new)]
                if !new.isOn { statements.append(SQLStatement(HookStatements.cancel, [.id(id)])) }
                if new.isOn, !old.isOn { statements += try Self.skip(others, at: writing.at, session) }
                return statements
            }
        }.value()
    }

    func remove(_ id: HookEndpointID, expected: Int64?, _ writing: Writing<HookEndpoint>) async throws {
        _ = try await database.write(writing) { session in
            _ = try Self.lock(session)
            let old = try Self.locked(id, session)
            try old.require(expected)
            return Change(
                old, .removed(old),
                statements: [
                    SQLStatement(HookStatements.cancel, [.id(id)]),
                    SQLStatement("DELETE FROM hook_secrets WHERE endpoint_id = $1", [.id(id)]),
                    SQLStatement("DELETE FROM hook_endpoints WHERE id = $1", [.id(id)]),
                ])
        }
    }

    func rotate(
        _ id: HookEndpointID,
        to secret: KeptHookSecret,
        oldUntil end: Timestamp,
        expected: Int64?,
        _ writing: Writing<HookEndpoint>
    ) async throws -> HookEndpoint {
        try await database.write(writing) { session in
            let old = try Self.locked(id, session)
            try old.require(expected)
            var new = old
            new.oldSecretUntil = end > writing.at ? end : nil
            new.touch(at: writing.at)
            let event = AuditEvent(
                "webhook_endpoint.secret_rotated", new.subject,
                after: .object(["old_secret_until": .optional(new.oldSecretUntil)]))
            return Change(
                new, event,
                statements: [
                    SQLStatement(Self.endSecrets, [.id(id), .moment(end)]),
                    SQLStatement(Self.dropSecrets, [.id(id), .moment(writing.at)]),
                    HookEndpointRow.insert(secret, of: id), HookEndpointRow.update(new),
                ])
        }.value()
    }

    func ping(
        _ id: HookEndpointID,
        maxBodyBytes: Int,
        _ writing: Writing<HookDelivery>
    ) async throws -> HookDelivery {
        try await database.write(writing) { session in
            let endpoint = try Self.locked(id, session)
            let schedule = HookSchedule(pinging: id, maxBodyBytes: maxBodyBytes, at: writing.at)
            guard let made = schedule.deliveries.first else { throw HubError(.internal, "A ping has no delivery.") }
            let delivery = HookDelivery(
                id: made.id, endpoint: id, event: made.event, type: .ping, state: .pending, nextAttemptAt: writing.at,
                replays: 0, createdAt: writing.at)
            return Change(
                delivery, AuditEvent("webhook_endpoint.tested", endpoint.subject),
                statements: try HookDeliveryRow.inserts(schedule, at: writing.at, session.texts))
        }.value()
    }

    // MARK: Locks

    /// The cursor, and all endpoints as they are while nobody plans.
    private static func lock(_ session: any SQLSession) throws -> [HookEndpoint] {
        let found = try session.batch([
            SQLStatement(HookStatements.lockCursor), SQLStatement(HookStatements.endpoints),
        ])
        return try found[1].map(HookEndpointRow.read)
    }

    static func locked(_ id: HookEndpointID, _ session: any SQLSession) throws -> HookEndpoint {
        guard let endpoint = try session.execute(HookStatements.lockEndpoint, [.id(id)]).first.map(HookEndpointRow.read)
        else { throw HubError.notFound("there is no such endpoint") }
        return endpoint
    }

    /// While nobody listened, nobody looked: the cursor goes on from now.
    private static func skip(
        _ others: [HookEndpoint],
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        guard !others.contains(where: \.isOn) else { return [] }
        return [SQLStatement(skip, [.moment(moment - HookLimits().overlap)])]
    }

    // MARK: Statements

    private static let skip: SQLText = """
        UPDATE hook_cursor SET audit_seq = (SELECT h.seq FROM audit_head h WHERE h.id = 1), rooms_ms = $1 WHERE id = 1
        """

    private static let endSecrets: SQLText = """
        UPDATE hook_secrets SET until_ms = CASE WHEN until_ms IS NULL OR until_ms > $2 THEN $2 ELSE until_ms END
        WHERE endpoint_id = $1
        """

    /// Two of those before stay, and none that is over.
    private static let dropSecrets: SQLText = """
        DELETE FROM hook_secrets WHERE endpoint_id = $1 AND (until_ms <= $2 OR id NOT IN (
            SELECT s.id FROM hook_secrets s WHERE s.endpoint_id = $1 ORDER BY s.id DESC LIMIT 2
        ))
        """
}
