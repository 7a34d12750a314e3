import Domain

/// What moves between the hub and outside services, over either database.
struct SQLTrafficStore: TrafficStore {
    let database: any SQLDatabase

    func waiting() async throws -> [OutboxChannel: QueueLoad] {
        try await database.read { session in
            var loads: [OutboxChannel: QueueLoad] = [:]
            for row in try session.execute(Self.waitingEntries) {
                var row = row.reader
                let channel = try row.text(OutboxChannel.init(rawValue:))
                loads[channel] = QueueLoad(waiting: try row.integer(), oldest: try row.optionalMoment())
            }
            return loads
        }
    }

    func sends(since moment: Timestamp) async throws -> [OutboxChannel: ChannelSends] {
        try await database.read { session in
            var sends: [OutboxChannel: ChannelSends] = [:]
            for row in try session.execute(Self.endings, [.moment(moment)]) {
                var row = row.reader
                let channel = try row.text(OutboxChannel.init(rawValue:))
                let (isFailed, count) = (try row.flag(), try row.integer())
                let part = isFailed ? ChannelSends(failed: count) : ChannelSends(sent: count)
                sends[channel, default: ChannelSends()] += part
            }
            return sends
        }
    }

    func unread(_ provider: WebhookEvent.Provider) async throws -> QueueLoad {
        try await database.read { session in
            guard var row = try session.execute(Self.unreadOnes, [.text(provider.rawValue)]).first?.reader else {
                throw HubError(.internal, "An aggregate has no row.")
            }
            return QueueLoad(waiting: try row.integer(), oldest: try row.optionalMoment())
        }
    }

    func speech(
        _ provider: WebhookEvent.Provider,
        since moment: Timestamp,
        most: Int64
    ) async throws -> WebhookSpeech {
        try await database.read { session in
            let values: [SQLValue] = [.text(provider.rawValue), .moment(moment), .integer(most)]
            guard var row = try session.execute(Self.spoken, values).first?.reader else {
                throw HubError(.internal, "An aggregate has no row.")
            }
            return WebhookSpeech(last: try row.optionalMoment(), spoken: try row.integer())
        }
    }

    // MARK: Statements

    private static let waitingEntries: SQLText = """
        SELECT channel, count(*), min(created_ms) FROM outbox WHERE state IN ('queued', 'sending') GROUP BY channel
        """

    /// What failed because of its recipient alone is left out.
    private static let endings = SQLText(
        sqlite: endings(isOfRecipient: "(problem ->> 'recipient')"),
        postgres: endings(isOfRecipient: "(problem::json ->> 'recipient')::boolean"))

    private static func endings(isOfRecipient: String) -> String {
        """
        SELECT channel, CASE WHEN state = 'failed' OR reached = 'failed' THEN 1 ELSE 0 END AS failed, count(*)
        FROM outbox WHERE created_ms >= $1 AND state IN ('accepted', 'failed') AND \(isOfRecipient) IS NOT TRUE
        GROUP BY 1, 2
        """
    }

    private static let unreadOnes: SQLText = """
        SELECT count(*), min(received_ms) FROM webhook_events WHERE provider = $1 AND state = 'new'
        """

    private static let spoken: SQLText = """
        SELECT (SELECT max(received_ms) FROM webhook_events WHERE provider = $1),
            (SELECT count(*) FROM (
                SELECT 1 FROM webhook_events WHERE provider = $1 AND received_ms >= $2 LIMIT $3
            ) AS heard)
        """
}
