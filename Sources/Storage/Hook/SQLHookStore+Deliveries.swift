import Domain

extension SQLHookStore {
    func deliveries(
        _ request: ListRequest<HookDeliverySort, HookDeliveryFilter>
    ) async throws -> ListPage<HookDelivery> {
        var list = ListStatement()
        let filter = request.filter
        list.require("d.endpoint_id = $?", optional: filter.endpoint.map { .id($0) })
        list.require("e.type = $?", optional: filter.type.map { .text($0.rawValue) })
        list.require("d.created_ms >= $?", optional: filter.from.map { .moment($0) })
        list.require("d.created_ms < $?", optional: filter.before.map { .moment($0) })
        if let state = filter.state {
            list.require { bind in
                "o.state IN (\(state.stored.map { bind(.text($0.rawValue)) }.joined(separator: ", ")))"
            }
        }
        let statement = list.page(
            "SELECT \(HookDeliveryRow.columns) FROM \(HookDeliveryRow.tables)", sortedBy: "d.created_ms", id: "d.id",
            request)
        return try await database.snapshot { session in
            let page = ListPage(
                try session.execute(statement).map(HookDeliveryRow.read), limit: request.limit
            ) { delivery in
                ListPosition(value: .integer(delivery.createdAt.milliseconds), id: delivery.id.text)
            }
            return ListPage(items: try HookDeliveryRow.withAttempts(page.items, session), next: page.next)
        }
    }

    func delivery(_ id: HookDeliveryID) async throws -> (HookDelivery, body: String)? {
        try await database.snapshot { session in
            guard var row = try session.execute(HookStatements.delivery, [.id(id)]).first?.reader else { return nil }
            let (delivery, body) = (try HookDeliveryRow.read(&row), try row.text())
            return try HookDeliveryRow.withAttempts([delivery], session).first.map { ($0, body: body) }
        }
    }

    // MARK: Replaying

    func replay(_ id: HookDeliveryID, _ writing: Writing<HookDelivery>) async throws -> HookDelivery {
        try await database.write(writing) { session in
            guard let old = try session.execute(Self.lockDelivery, [.id(id)]).first.map(HookDeliveryRow.read) else {
                throw HubError.notFound("there is no such delivery")
            }
            guard
                let endpoint = try session.execute(HookStatements.endpoint, [.id(old.endpoint)]).first
                    .map(HookEndpointRow.read)
            else { throw HubError.notFound("the endpoint of this delivery was removed") }
            guard endpoint.isOn || old.type == .ping else {
                throw HubError.conflict("the endpoint is turned off: turn it on first")
            }
            let new = HookDelivery(
                id: id, endpoint: old.endpoint, event: old.event, type: old.type, state: .pending,
                nextAttemptAt: writing.at, replays: old.replays + 1, createdAt: old.createdAt)
            let event = AuditEvent(
                "webhook_endpoint.replayed", endpoint.subject, after: ["delivery": .string(id.text)])
            guard old.state != .pending else {
                guard try !session.execute(Self.hurry, [.id(id), .moment(writing.at)]).isEmpty else {
                    throw HubError.conflict("this delivery is being tried at this moment: look again")
                }
                return Change(new, event, statements: [SQLStatement(Self.count, [.id(id)])])
            }
            return Change(
                new, event, statements: try Self.again([(id, old.endpoint)], at: writing.at, session.texts))
        }.value()
    }

    func replay(
        _ id: HookEndpointID,
        since moment: Timestamp,
        limit: Int,
        _ writing: Writing<HookReplay>
    ) async throws -> HookReplay {
        try await database.write(writing) { session in
            let endpoint = try Self.locked(id, session)
            guard endpoint.isOn else { throw HubError.conflict("the endpoint is turned off: turn it on first") }
            let values: [SQLValue] = [.id(id), .moment(moment), .count(limit + 1)]
            let found = try session.execute(Self.lockFailed, values).map(HookDeliveryRow.read)
            let taken = found.prefix(limit)
            let replay = HookReplay(count: taken.count, isMore: found.count > limit)
            guard !taken.isEmpty else { return Change(replay, nil) }
            return Change(
                replay,
                AuditEvent(
                    "webhook_endpoint.replayed", endpoint.subject,
                    after: ["since": .string(moment.rfc3339), "count": .integer(Int64(taken.count))]),
                statements: try Self.again(taken.map { ($0.id, id) }, at: writing.at, session.texts))
        }.value()
    }

    /// What owes deliveries once more, each with a new entry of the outbox.
    private static func again(
        _ deliveries: [(HookDeliveryID, HookEndpointID)],
        at moment: Timestamp,
        _ texts: TextCloak
    ) throws -> [SQLStatement] {
        let entries = deliveries.map { delivery, endpoint in
            (delivery, OutboxEntry.hook(delivery, to: endpoint, at: moment))
        }
        return [
            OutboxRow.insert.over(try entries.map { try OutboxRow.values($0.1, texts) }),
            renew.over(entries.map { [.id($0.0), .id($0.1.id)] }),
        ]
    }

    // MARK: Statements

    private static let lockDelivery = SQLText.locking(
        "SELECT \(HookDeliveryRow.columns) FROM \(HookDeliveryRow.tables) WHERE d.id = $1", of: "d")

    private static let lockFailed = SQLText.locking(
        """
        SELECT \(HookDeliveryRow.columns) FROM \(HookDeliveryRow.tables)
        WHERE d.endpoint_id = $1 AND d.created_ms >= $2 AND o.state IN ('failed', 'cancelled')
        ORDER BY d.created_ms, d.id LIMIT $3
        """,
        of: "d"
    )

    /// What waits is tried now.
    private static let hurry: SQLText = """
        UPDATE outbox SET version = version + 1, due_ms = $2
        WHERE state = 'queued' AND id = (SELECT d.entry_id FROM hook_deliveries d WHERE d.id = $1) RETURNING id
        """

    private static let count: SQLText = "UPDATE hook_deliveries SET replays = replays + 1 WHERE id = $1"

    private static let renew = SQLBulk(
        [.text("id"), .text("entry_id")],
        """
        UPDATE hook_deliveries SET entry_id = k.entry_id, replays = replays + 1 FROM k WHERE hook_deliveries.id = k.id
        """
    )
}
