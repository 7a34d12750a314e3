import Domain

/// Short messages as their table stores them.
enum SMSRow {
    /// Of the tables named `s`, `o` and `i`.
    static let columns = """
        s.id, s.created_ms, s.direction, s.phone, s.body, s.author_id, s.conversation, i.contact_id, o.version, \
        \(OutboxRow.deliveryColumns)
        """

    /// With how far it got, and whose phone it is.
    static let tables = """
        sms_messages s LEFT JOIN outbox o ON o.id = s.entry_id
        LEFT JOIN crm_identities i ON i.kind = 'phone' AND i.value = s.phone
        """

    static func read(_ row: SQLRow) throws(HubError) -> SMSMessage {
        var row = row.reader
        let (id, createdAt) = (try row.text(SMSID.init), try row.moment())
        let direction = try row.text(SMSMessage.Direction.init)
        let (phone, text) = (try row.text(), try row.text())
        let author = try row.optionalText(UserID.init)
        let conversation = try row.optionalText(RoomID.init)
        let contact = try row.optionalText(ContactID.init)
        let version = try row.optionalInteger()
        let delivery = version == nil ? nil : try OutboxRow.delivery(&row)
        return SMSMessage(
            id: id,
            version: version ?? 1,
            direction: direction,
            phone: phone,
            contact: contact,
            conversation: conversation,
            text: text,
            author: author,
            status: delivery?.status,
            problem: delivery?.problem,
            createdAt: createdAt
        )
    }

    static let insert: SQLText = """
        INSERT INTO sms_messages (
            id, created_ms, direction, phone, body, entry_id, author_id, provider_id, conversation
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
        """

    /// In the order of `insert`.
    static func values(_ message: SMSMessage, entry: OutboxEntryID?, providerID: String?) -> [SQLValue] {
        [
            .id(message.id), .moment(message.createdAt), .text(message.direction.rawValue), .text(message.phone),
            .text(message.text), .optional(entry?.text), .optional(message.author?.text), .optional(providerID),
            .optional(message.conversation?.text),
        ]
    }
}
