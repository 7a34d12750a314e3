import Domain

/// Outbox entries as their table stores them.
struct OutboxRow {
    let entry: OutboxEntry
    let version: Int64

    /// Of the table named `o`.
    static let columns = """
        o.id, o.version, o.channel, o.number_id, o.recipient, o.room_id, o.seq, o.part, o.target, o.payload, \
        \(deliveryColumns)
        """

    static let deliveryColumns = """
        o.state, o.created_ms, o.due_ms, o.takes, o.attempts, o.pair_refusals, o.provider_id, o.reached, o.problem, \
        o.withdrawn
        """

    init(_ row: SQLRow, _ texts: TextCloak) throws(HubError) {
        var row = row.reader
        let id = try row.text(OutboxEntryID.init)
        version = try row.integer()
        let lane = try OutboxLane(
            channel: row.text(OutboxChannel.init(rawValue:)), number: row.text(), recipient: row.text())
        let (room, seq, part) = (try row.optionalText(RoomID.init), try row.seq(), try row.integer())
        let target = try row.optionalSeq()
        let payload = try row.json()
        guard let content = OutboxContent(json: try texts.opened(payload, of: id)) else { throw row.unreadable }
        entry = OutboxEntry(
            id: id,
            lane: lane,
            room: room,
            seq: seq,
            part: part,
            target: target,
            content: content,
            holdsCodes: TextCloak.isSealed(payload),
            delivery: try Self.delivery(&row)
        )
    }

    static func delivery(_ row: inout SQLRowReader) throws(HubError) -> OutboxDelivery {
        try OutboxDelivery(
            state: row.text(OutboxDelivery.State.init(rawValue:)),
            createdAt: row.moment(),
            due: row.moment(),
            takes: row.integer(),
            attempts: row.integer(),
            pairRefusals: row.integer(),
            providerID: row.optionalText(),
            reached: row.optionalText(MessageStatus.init(rawValue:)),
            problem: row.optionalJSON().flatMap(OutboxProblem.init(json:)),
            isWithdrawn: row.flag()
        )
    }

    // MARK: Writing

    static let insert: SQLBulk = {
        let columns: [SQLColumn] = [
            .text("id"), .text("lane"), .text("channel"), .text("number_id"), .text("recipient"), .text("room_id"),
            .integer("seq"), .integer("part"), .integer("target"), .text("payload"), .text("state"),
            .integer("created_ms"), .integer("due_ms"), .integer("takes"), .integer("attempts"),
            .integer("pair_refusals"), .text("provider_id"), .text("reached"), .text("problem"),
        ]
        let names = columns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            columns,
            SQLText(
                """
                INSERT INTO outbox (\(names), version, untold)
                SELECT \(names), 1, CASE WHEN room_id IS NULL THEN 0 ELSE 1 END FROM k WHERE true
                """))
    }()

    static func values(_ entry: OutboxEntry, _ texts: TextCloak) throws(HubError) -> [SQLValue] {
        let lane = entry.lane
        let payload = try texts.payload(of: entry)
        return [
            .id(entry.id), .text(lane.description), .text(lane.channel.rawValue), .text(lane.number),
            .text(lane.recipient), .optional(entry.room?.text), .seq(entry.seq), .integer(entry.part),
            .optional(entry.target), .json(payload), .text(entry.delivery.state.rawValue),
            .moment(entry.delivery.createdAt),
        ] + changing(entry.delivery)
    }

    /// What changes of a delivery, but for its state.
    static func changing(_ delivery: OutboxDelivery) -> [SQLValue] {
        [
            .moment(delivery.due), .integer(delivery.takes), .integer(delivery.attempts),
            .integer(delivery.pairRefusals), .optional(delivery.providerID), .optional(delivery.reached?.rawValue),
            delivery.problem.map { .json($0.json) } ?? .null,
        ]
    }
}
