/// What reads and writes identities and messages of WhatsApp.
enum WhatsAppStatements {
    static let byID = SQLText("SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w WHERE w.id = $1")

    /// Also of a conversation from before its person was joined to another.
    static let byRoom = SQLText(
        "SELECT \(WhatsAppRow.columns) FROM rooms c JOIN whatsapp_identities w ON w.id = c.whatsapp_id WHERE c.id = $1")

    private static let ofPeople = """
        SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w
        WHERE w.number_id = $1 AND (w.user_id IN ($2, $4) OR w.phone IN ($3, $5)) ORDER BY w.id
        """

    static let find = SQLText(ofPeople)

    static let lock = SQLText.locking(ofPeople, of: "w")

    static let lockByID = SQLText.locking(
        "SELECT \(WhatsAppRow.columns) FROM whatsapp_identities w WHERE w.id = $1", of: "w")

    static let former: SQLText = """
        SELECT identity_id, kind, value, until_ms FROM whatsapp_former
        WHERE number_id = $1 AND value IN ($2, $3, $4, $5)
        """

    static let firstHeard: SQLText = "SELECT MIN(sent_ms) FROM whatsapp_messages WHERE room_id = $1"

    /// Inserts nobody when somebody has the user id or the phone.
    static let insert: SQLText = """
        INSERT INTO whatsapp_identities (
            id, number_id, room_id, user_id, parent_user_id, phone, name, username, marketing, created_ms, changed_ms
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT DO NOTHING RETURNING id
        """

    static let update: SQLText = """
        UPDATE whatsapp_identities SET number_id = $2, room_id = $3, user_id = $4, parent_user_id = $5, phone = $6,
            name = $7, username = $8, marketing = COALESCE($9, marketing), changed_ms = $10
        WHERE id = $1
        """

    static let addFormer: SQLText = """
        INSERT INTO whatsapp_former (number_id, value, kind, until_ms, identity_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """

    // MARK: Contacts

    /// The identity of the CRM that a conversation goes with, and when its person was met.
    static let contact: SQLText =
        "SELECT contact_kind, contact_value, created_ms FROM whatsapp_identities WHERE id = $1"

    static let setContact: SQLText =
        "UPDATE whatsapp_identities SET contact_kind = $2, contact_value = $3 WHERE id = $1"

    // MARK: Joining

    static let joined: SQLText =
        "SELECT id, room_id, at_ms FROM whatsapp_joined WHERE identity_id = $1 ORDER BY at_ms DESC, id DESC"

    static let addJoined: SQLText =
        "INSERT INTO whatsapp_joined (id, identity_id, room_id, at_ms) VALUES ($1, $2, $3, $4)"

    static let remove: SQLText = "DELETE FROM whatsapp_identities WHERE id = $1"

    static let moveFormer: SQLText = "UPDATE whatsapp_former SET identity_id = $2 WHERE identity_id = $1"

    static let moveJoined: SQLText = "UPDATE whatsapp_joined SET identity_id = $2 WHERE identity_id = $1"

    static let moveRooms: SQLText = "UPDATE rooms SET whatsapp_id = $2 WHERE whatsapp_id = $1"

    /// The window is open where the person goes on.
    static let hear: SQLText = """
        UPDATE rooms SET heard_ms = $2 WHERE id = $1 AND (heard_ms IS NULL OR heard_ms < $2)
        """

    /// What has not left goes the way of the person that it is for now.
    static let moveLane: SQLText = """
        UPDATE outbox SET lane = $2, recipient = $3 WHERE lane = $1 AND state IN ('queued', 'sending')
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
