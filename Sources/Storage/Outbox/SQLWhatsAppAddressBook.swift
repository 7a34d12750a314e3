import Domain

/// How recipients of WhatsApp are reached, over either database.
struct SQLWhatsAppAddressBook: WhatsAppAddressBook {
    let database: any SQLDatabase

    func address(of entry: OutboxEntry) async throws -> WhatsAppDestination? {
        try await database.read { session in
            guard var person = try session.execute(Self.person, [.text(entry.lane.recipient)]).first?.reader,
                let recipient = WhatsAppRecipient(phone: try person.optionalText(), userID: try person.optionalText())
            else { return nil }
            guard let room = entry.room, let target = entry.target else {
                return WhatsAppDestination(recipient: recipient, target: nil)
            }
            var message = try session.execute(Self.message, [.id(room), .seq(target)]).first?.reader
            return WhatsAppDestination(recipient: recipient, target: try message?.text())
        }
    }

    private static let person: SQLText = "SELECT phone, user_id FROM whatsapp_identities WHERE id = $1"

    /// Of a message in parts, the first one stands for it.
    private static let message: SQLText =
        "SELECT id FROM whatsapp_messages WHERE room_id = $1 AND seq = $2 ORDER BY sent_ms, id LIMIT 1"
}
