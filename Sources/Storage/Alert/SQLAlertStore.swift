import Domain

/// Incidents over either database.
struct SQLAlertStore: AlertStore {
    let database: any SQLDatabase

    func open() async throws -> [AlertIncident] {
        try await database.read { session in try session.execute(Self.openOnes).map(AlertRow.read) }
    }

    func change(_ old: AlertIncident?, to new: AlertIncident?) async throws -> Bool {
        let statement: SQLStatement
        switch (old, new) {
        case (nil, nil): return false
        case (nil, let new?): statement = AlertRow.insert(new)
        case (let old?, nil): statement = AlertRow.delete(old)
        case (let old?, let new?): statement = AlertRow.update(new, read: old.version)
        }
        return try await database.write { session in try !session.finish([statement])[0].isEmpty }
    }

    // MARK: Telling

    func tell(
        _ outlets: AlertOutlets,
        at moment: Timestamp,
        _ decide: @escaping @Sendable ([AlertIncident]) -> AlertBulletin?
    ) async throws -> PostedAlert? {
        // Nearly always everything is told, or waits for the morning; asking takes no lock.
        let untold = try await database.read { session in try session.execute(Self.untold).map(AlertRow.read) }
        guard decide(untold) != nil else { return nil }
        return try await database.write { session in
            // Who waited here for another hub finds nothing any more.
            let untold = try session.execute(Self.lockUntold).map(AlertRow.read)
            guard let bulletin = decide(untold) else { return nil }
            let (seq, note) = try Self.note(bulletin, outlets.title, session, at: moment)
            let versions = Dictionary(untold.map { ($0.id, $0.version) }) { first, _ in first }
            let marks = bulletin.incidents.map { AlertRow.update($0, read: versions[$0.id] ?? $0.version) }
            let entries = try outlets.entries(for: bulletin, seq, at: moment).map {
                try OutboxRow.values($0, session.texts)
            }
            let owed = entries.isEmpty ? [] : [OutboxRow.insert.over(entries)]
            _ = try session.finish(note + marks + owed)
            return PostedAlert(bulletin, room: .alerts, seq: seq)
        }
    }

    /// What writes the bulletin into the staff's channel, which is made when it is not there yet.
    private static func note(
        _ bulletin: AlertBulletin,
        _ title: String,
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> (SequenceNumber, [SQLStatement]) {
        let room = RoomID.alerts
        _ = try session.execute(makeRoom, [.id(room), .text(title), .moment(moment)])
        let draft = Draft(author: .hub, mid: .fresh(), content: .message(.text(bulletin.text), replyTo: nil))
        let batch = try AppendBatch([AppendRequest(room: room, drafts: [draft])])
        let decision = batch.decide(try AppendStatements.read(batch, session), now: moment)
        guard case .appended(let seq, _) = decision.results.first?.outcomes.first else {
            throw HubError(.internal, "The channel of the alerts takes no note.")
        }
        return (seq, try AppendStatements.writes(of: decision, session.dialect))
    }

    // MARK: Looking

    func incidents(_ request: ListRequest<AlertSort, AlertFilter>) async throws -> ListPage<AlertIncident> {
        var list = ListStatement()
        list.require("a.state = $?", optional: request.filter.state.map { .text($0.rawValue) })
        list.require("a.rule = $?", optional: request.filter.rule.map { .text($0.rawValue) })
        let statement = list.page(Self.select, sortedBy: "a.started_ms", id: "a.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(AlertRow.read), limit: request.limit) { incident in
                ListPosition(value: .integer(incident.startedAt.milliseconds), id: incident.id.text)
            }
        }
    }

    // MARK: Checks

    func claimCheck(_ name: String, at moment: Timestamp, every pause: Duration) async throws -> Bool {
        let waits = try await database.read { session in
            try !session.execute(Self.waiting, [.text(name), .moment(moment)]).isEmpty
        }
        guard !waits else { return false }
        let next = SQLValue.moment(moment + pause)
        return try await database.write { session in
            let found = try session.finish([
                SQLStatement(Self.schedule, [.text(name), next]),
                SQLStatement(Self.claim, [.text(name), .moment(moment), next]),
            ])
            return !found[1].isEmpty
        }
    }

    func tidy(before moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write { session in
            let values: [SQLValue] = [.moment(moment), .count(limit)]
            return try session.finish([
                SQLStatement(Self.forget, values), SQLStatement(Self.forgetTests, values),
            ]).map(\.count).max() ?? 0
        }
    }

    // MARK: Statements

    private static let select = "SELECT \(AlertRow.columns) FROM alert_incidents a"

    private static let openOnes = SQLText("\(select) WHERE a.state <> 'recovered' ORDER BY a.started_ms, a.id")

    private static let untoldOnes = "\(select) WHERE a.untold = 1 ORDER BY a.started_ms, a.id"

    private static let untold = SQLText(untoldOnes)

    private static let lockUntold = SQLText.locking(untoldOnes, of: "a")

    private static let makeRoom: SQLText = """
        INSERT INTO rooms (id, kind, title, head, created_ms, changed_ms) VALUES ($1, 'channel', $2, 0, $3, $3)
        ON CONFLICT DO NOTHING
        """

    private static let waiting: SQLText = "SELECT 1 FROM scheduled_checks WHERE name = $1 AND due_ms > $2"

    private static let schedule: SQLText =
        "INSERT INTO scheduled_checks (name, due_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING"

    private static let claim: SQLText =
        "UPDATE scheduled_checks SET due_ms = $3 WHERE name = $1 AND due_ms <= $2 RETURNING name"

    private static let forget: SQLText = """
        DELETE FROM alert_incidents WHERE id IN (
            SELECT id FROM alert_incidents WHERE state = 'recovered' AND untold = 0 AND started_ms < $1
            ORDER BY started_ms LIMIT $2
        ) RETURNING id
        """

    private static let forgetTests: SQLText = """
        DELETE FROM integration_test_logs WHERE id IN (
            SELECT id FROM integration_test_logs WHERE caused_by = 'scheduled' AND at_ms < $1
            ORDER BY at_ms LIMIT $2
        ) RETURNING id
        """
}
