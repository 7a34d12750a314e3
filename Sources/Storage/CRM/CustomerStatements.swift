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

    /// What the customer of a conversation is known by, whoever vouches for it; no row for a conversation that `sight`
    /// hides.
    static func identity(in room: RoomID, _ sight: TeamSight?) -> SQLStatement {
        var list = ListStatement()
        list.require("r.id = $?", .id(room))
        list.require("r.kind = 'conversation'")
        list.require { bind in sight.flatMap { SightCondition.of("r", $0, bind) } }
        return list.all(
            """
            SELECT r.visitor_id, w.contact_kind, w.contact_value FROM rooms r
                LEFT JOIN whatsapp_identities w ON w.id = r.whatsapp_id AND w.erased_ms IS NULL
            """, "")
    }

    /// Reads a row of `identity(in:_:)`.
    static func identity(_ row: SQLRow) throws(HubError) -> ContactIdentity? {
        var row = row.reader
        let visitor = try row.optionalText()
        let kind = try row.optionalText(ContactIdentity.Kind.init)
        let value = try row.optionalText()
        if let visitor { return ContactIdentity(.visitor, visitor) }
        guard let kind, let value else { return nil }
        return ContactIdentity(kind, value)
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
