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

    init(_ row: SQLRow) throws(HubError) {
        var row = row.reader
        let id = try row.text(OutboxEntryID.init)
        version = try row.integer()
        entry = try OutboxEntry(
            id: id,
            lane: OutboxLane(
                channel: row.text(OutboxChannel.init(rawValue:)), number: row.text(), recipient: row.text()),
            room: row.text(RoomID.init),
            seq: row.seq(),
            part: row.integer(),
            target: row.optionalSeq(),
            content: Self.content(&row),
            delivery: Self.delivery(&row)
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

    private static func content(_ row: inout SQLRowReader) throws(HubError) -> OutboxContent {
        guard let content = OutboxContent(json: try row.json()) else { throw row.unreadable }
        return content
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
            columns, SQLText("INSERT INTO outbox (\(names), version, untold) SELECT \(names), 1, 1 FROM k WHERE true"))
    }()

    static func values(_ entry: OutboxEntry) -> [SQLValue] {
        let lane = entry.lane
        return [
            .id(entry.id), .text(lane.description), .text(lane.channel.rawValue), .text(lane.number),
            .text(lane.recipient), .id(entry.room), .seq(entry.seq), .integer(entry.part), .optional(entry.target),
            .json(entry.content.json), .text(entry.delivery.state.rawValue), .moment(entry.delivery.createdAt),
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
