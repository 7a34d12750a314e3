import Domain

/// Runs of the assistant over either database.
struct SQLAssistantRunStore: AssistantRunStore {
    let database: any SQLDatabase

    func waiting(limit: Int) async throws -> [AssistantRun.ID] {
        try await database.read { session in
            try session.execute(Self.waiting, [.count(limit)]).compactMap(Self.read)
        }
    }

    func claim(_ run: AssistantRun.ID, by hub: String, until lease: Timestamp) async throws -> Bool {
        try await database.write { session in
            let values: [SQLValue] = [
                .id(run.room), .seq(run.question), .integer(run.epoch), .text(hub), .moment(lease),
            ]
            return try !session.execute(Self.claim, values).isEmpty
        }
    }

    func renew(by hub: String, until lease: Timestamp) async throws {
        try await database.write { session in
            _ = try session.execute(Self.renew, [.text(hub), .moment(lease)])
        }
    }

    func end(_ run: AssistantRun.ID, by hub: String) async throws {
        try await database.write { session in
            _ = try session.execute(Self.end, [.id(run.room), .text(hub)])
        }
    }

    func takeOver(
        at moment: Timestamp,
        by hub: String,
        until lease: Timestamp,
        limit: Int
    ) async throws -> [AssistantRun.ID] {
        try await database.write { session in
            let values: [SQLValue] = [.moment(moment), .text(hub), .moment(lease), .count(limit)]
            return try session.execute(Self.takeOver, values).compactMap(Self.read)
        }
    }

    private static func read(_ row: SQLRow) throws -> AssistantRun.ID? {
        var row = row.reader
        let room = try row.text(RoomID.init)
        // Without a message of the customer there is nothing to answer.
        guard let question = try row.optionalInteger() else { return nil }
        return AssistantRun.ID(room: room, question: SequenceNumber(question), epoch: try row.integer())
    }

    // MARK: Statements

    private static let waiting: SQLText = """
        SELECT r.id, (
            SELECT e.seq FROM room_events e
            WHERE e.room_id = r.id AND e.type = 'msg' AND e.author_kind IN ('visitor', 'contact')
            ORDER BY e.seq DESC LIMIT 1
        ), r.epoch
        FROM rooms r
        WHERE r.assignee_kind = 'assistant' AND r.waiting_ms IS NOT NULL AND r.state = 'open'
            AND NOT EXISTS (SELECT 1 FROM assistant_runs a WHERE a.room_id = r.id)
        ORDER BY r.waiting_ms, r.id LIMIT $1
        """

    private static let claim: SQLText = """
        INSERT INTO assistant_runs (room_id, question, epoch, hub, lease_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (room_id) DO NOTHING RETURNING room_id
        """

    private static let renew: SQLText = "UPDATE assistant_runs SET lease_ms = $2 WHERE hub = $1"

    private static let end: SQLText = "DELETE FROM assistant_runs WHERE room_id = $1 AND hub = $2"

    /// The one who changes a row first has it: the other sees a lease that is not over.
    private static let takeOver: SQLText = """
        UPDATE assistant_runs SET hub = $2, lease_ms = $3 WHERE lease_ms < $1 AND room_id IN (
            SELECT room_id FROM assistant_runs WHERE lease_ms < $1 ORDER BY lease_ms LIMIT $4
        ) RETURNING room_id, question, epoch
        """
}
