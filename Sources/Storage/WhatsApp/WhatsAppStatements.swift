/// What reads and writes identities and messages of WhatsApp.
enum WhatsAppStatements {
    static let byID = SQLText("SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w WHERE w.id = $1")

    static let byRoom = SQLText("SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w WHERE w.room_id = $1")

    private static let ofPerson = """
        SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w
        WHERE w.number_id = $1 AND (w.user_id = $2 OR w.phone = $3) ORDER BY w.id
        """

    static let find = SQLText(ofPerson)

    static let lock = SQLText.locking(ofPerson, of: "w")

    static let lockByID = SQLText.locking(
        "SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w WHERE w.id = $1", of: "w")

    /// Inserts nobody when somebody has the user id or the phone.
    static let insert: SQLText = """
        INSERT INTO whatsapp_identities (
            id, number_id, room_id, user_id, parent_user_id, phone, name, username, contact_kind, contact_value,
            created_ms, changed_ms
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) ON CONFLICT DO NOTHING RETURNING id
        """

    static let update: SQLText = """
        UPDATE whatsapp_identities SET number_id = $2, room_id = $3, user_id = $4, parent_user_id = $5, phone = $6,
            name = $7, username = $8, contact_kind = $9, contact_value = $10, changed_ms = $11
        WHERE id = $1
        """

    static let insertConversation = SQLText(
        """
        INSERT INTO rooms (
            id, kind, title, head, created_ms, changed_ms, side, channel, whatsapp_id, state, epoch, unread, team_id
        ) VALUES ($1, 'conversation', '', 0, $2, $2, $3, $4, $5, $6, 0, 0, \(EntranceColumn.whatsapp))
        """
    )

    static let setMarketing: SQLText =
        "UPDATE whatsapp_identities SET marketing = $2, changed_ms = $3 WHERE id = $1"

    // MARK: Messages

    static let places = SQLBulk(
        [.text("id")],
        "SELECT m.id, m.room_id, m.seq FROM k CROSS JOIN whatsapp_messages m WHERE m.id = k.id"
    )

    static let place: SQLText = """
        INSERT INTO whatsapp_messages (id, room_id, seq, sent_ms, context) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """

    static let lastInbound: SQLText = """
        SELECT m.id FROM whatsapp_messages m JOIN room_events e ON e.room_id = m.room_id AND e.seq = m.seq
        WHERE m.room_id = $1 AND m.seq <= $2 AND m.sent_ms >= $3 AND e.author_kind = 'contact'
        ORDER BY m.seq DESC LIMIT 1
        """
}
