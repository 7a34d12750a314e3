extension Schema {
    /// When a customer wrote last stands with the room, so that a message opens the window as it is appended.
    static let serviceWindow = Migration("service window") { _ in
        [
            "ALTER TABLE rooms ADD COLUMN heard_ms BIGINT",
            """
            UPDATE rooms SET heard_ms = (
                SELECT i.last_inbound_ms FROM whatsapp_identities i WHERE i.id = rooms.whatsapp_id
            ) WHERE whatsapp_id IS NOT NULL
            """,
            "ALTER TABLE whatsapp_identities DROP COLUMN last_inbound_ms",
        ]
    }
}
