import Domain

/// Call-backs as their table stores them.
enum CallbackRow {
    /// Of the table named `b`.
    static let columns = """
        b.id, b.created_ms, b.state, b.origin, b.changed_ms, b.version, b.contact_id, b.conversation, b.name, b.phone, \
        b.due_ms, b.topic, b.outcome, b.owner_id
        """

    static func read(_ row: SQLRow) throws(HubError) -> Callback {
        var row = row.reader
        let (id, createdAt) = (try row.text(CallbackID.init), try row.moment())
        let (state, origin) = (try row.text(Callback.State.init), try row.text(Callback.Origin.init))
        var callback = Callback(id: id, state: state, by: origin, createdAt: createdAt)
        callback.changedAt = try row.moment()
        callback.version = try row.integer()
        callback.contact = try row.optionalText(ContactID.init)
        callback.conversation = try row.optionalText(RoomID.init)
        callback.name = try row.optionalText()
        callback.phone = try row.text()
        callback.dueAt = try row.moment()
        callback.topic = try row.optionalText()
        callback.outcome = try row.optionalText()
        callback.owner = try row.optionalText(UserID.init)
        return callback
    }

    static func insert(_ callback: Callback) -> SQLStatement { SQLStatement(insert, values(callback)) }

    static func update(_ callback: Callback) -> SQLStatement { SQLStatement(update, values(callback)) }

    /// In the order of `columns`, then the text to search.
    private static func values(_ callback: Callback) -> [SQLValue] {
        [
            .id(callback.id), .moment(callback.createdAt), .text(callback.state.rawValue),
            .text(callback.origin.rawValue), .moment(callback.changedAt), .integer(callback.version),
            .optional(callback.contact?.text), .optional(callback.conversation?.text), .optional(callback.name),
            .text(callback.phone), .moment(callback.dueAt), .optional(callback.topic), .optional(callback.outcome),
            .optional(callback.owner?.text), .text(SearchText.fold(callback.searchText)),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO callbacks (
            id, created_ms, state, origin, changed_ms, version, contact_id, conversation, name, phone, due_ms, topic,
            outcome, owner_id, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE callbacks SET created_ms = $2, state = $3, origin = $4, changed_ms = $5, version = $6, contact_id = $7,
            conversation = $8, name = $9, phone = $10, due_ms = $11, topic = $12, outcome = $13, owner_id = $14,
            search = $15
        WHERE id = $1
        """
}
