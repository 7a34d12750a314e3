import Crypto
import Domain

/// Deliveries of webhooks over either database.
struct SQLWebhookStore: WebhookStore {
    let database: any SQLDatabase

    func add(
        _ provider: WebhookEvent.Provider,
        body: [UInt8],
        about: String?,
        at moment: Timestamp
    ) async throws -> Bool {
        let (encoding, text) = WebhookRow.encode(body)
        // No body holds the zero byte that stands between both.
        let name = about.map { body + [0] + Array($0.utf8) } ?? body
        let values: [SQLValue] = [
            .text(HexDigest.text(of: SHA256.hash(data: name))), .text(provider.rawValue), .moment(moment),
            .text(encoding.rawValue), .text(text), .optional(about),
        ]
        return try await database.write { session in
            try !session.finish(WebhookStatements.insert, values).isEmpty
        }
    }

    func claim(
        _ provider: WebhookEvent.Provider,
        limit: Int,
        at moment: Timestamp,
        lease: Duration
    ) async throws -> [WebhookEvent] {
        let values: [SQLValue] = [
            .text(provider.rawValue), .moment(moment), .count(limit), .moment(moment + lease),
        ]
        // Nearly always there is nothing, and asking takes no lock.
        let isDue = try await database.read { session in
            try !session.execute(WebhookStatements.anyDue, [.text(provider.rawValue), .moment(moment)]).isEmpty
        }
        guard isDue else { return [] }
        return try await database.write { session in
            try session.finish(WebhookStatements.claim, values).map(WebhookRow.event)
                .sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
        }
    }

    func finish(
        _ events: [String],
        leaving leftovers: [WebhookLeftover],
        tracing traces: [String: [AuditEvent]],
        at moment: Timestamp
    ) async throws {
        _ = try await database.write(Writing<Bool>(by: .system, at: moment)) { session in
            let done = try session.execute(WebhookStatements.finish.over(events.map { [.text($0)] }))
            // Finished before, by a hub that was thought dead: then its traces are there already.
            let mine = try Set(
                done.map { row in
                    var row = row.reader
                    return try row.text()
                })
            let left = leftovers.filter { mine.contains($0.event) }
            let statements =
                left.isEmpty ? [] : [WebhookStatements.insertLeftovers.over(left.map(WebhookRow.values))]
            return Change(
                true, events: events.filter(mine.contains).flatMap { traces[$0] ?? [] }, statements: statements)
        }
    }

    func postpone(_ event: String, until due: Timestamp, because reason: String) async throws {
        try await change(WebhookStatements.postpone, [.text(event), .moment(due), .text(reason)])
    }

    func park(_ event: String, because reason: String) async throws {
        try await change(WebhookStatements.park, [.text(event), .text(reason)])
    }

    func claimLeftovers(
        _ provider: WebhookEvent.Provider,
        limit: Int,
        at moment: Timestamp,
        lease: Duration
    ) async throws -> [WebhookLeftover] {
        let isDue = try await database.read { session in
            try !session.execute(
                WebhookStatements.anyLeftoverDue, [.text(provider.rawValue), .moment(moment)]
            ).isEmpty
        }
        guard isDue else { return [] }
        return try await database.write { session in
            try session.finish(
                WebhookStatements.claimLeftovers,
                [.text(provider.rawValue), .moment(moment), .count(limit), .moment(moment + lease)]
            ).map(WebhookRow.leftover)
        }
    }

    func finish(_ leftover: WebhookLeftover) async throws {
        try await change(WebhookStatements.removeLeftover, [.text(leftover.event), .count(leftover.place)])
    }

    func park(_ leftover: WebhookLeftover, because reason: String) async throws {
        try await change(
            WebhookStatements.parkLeftover, [.text(leftover.event), .count(leftover.place), .text(reason)])
    }

    func tidy(before moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write { session in
            let values: [SQLValue] = [.moment(moment), .count(limit)]
            return try session.finish([
                SQLStatement(WebhookStatements.forget, values), SQLStatement(WebhookStatements.giveUp, values),
            ]).map(\.count).max() ?? 0
        }
    }

    func counts(_ provider: WebhookEvent.Provider) async throws -> WebhookCounts {
        try await database.read { session in
            guard var row = try session.execute(WebhookStatements.counts, [.text(provider.rawValue)]).first?.reader
            else { throw HubError(.internal, "An aggregate has no row.") }
            return try WebhookCounts(
                new: row.integer(),
                parked: row.integer(),
                waitingItems: row.integer(),
                parkedItems: row.integer()
            )
        }
    }

    private func change(_ text: SQLText, _ values: [SQLValue]) async throws {
        try await database.write { session in _ = try session.finish(text, values) }
    }
}
