import Domain

/// Who the customer of a conversation is.
enum CustomerStatements {
    /// The contact, when it is sure: of a visitor only when the site vouched for who they are, because everybody may
    /// say any name; of WhatsApp by the number or the id that the provider told.
    static func contact(in room: RoomID, _ session: any SQLSession) throws -> ContactID? {
        let found = try session.execute(known, [.id(room)]).map { row in
            var row = row.reader
            return try row.text(ContactID.init)
        }
        // An identity belongs to one contact; two would be two people.
        return found.count == 1 ? found[0] : nil
    }

    private static let known: SQLText = """
        SELECT i.contact_id FROM rooms r JOIN visitors v ON v.id = r.visitor_id
            JOIN crm_identities i ON i.kind = 'visitor' AND i.value = v.id
        WHERE r.id = $1 AND v.verified_user_id IS NOT NULL
        UNION
        SELECT i.contact_id FROM rooms r JOIN whatsapp_identities w ON w.id = r.whatsapp_id
            JOIN crm_identities i ON i.kind = w.contact_kind AND i.value = w.contact_value
        WHERE r.id = $1 AND w.erased_ms IS NULL
        """
}
