import Domain

/// A line of the inbox: a conversation's row beside its side room's and its visitor's.
enum ConversationRow {
    static let select = """
        SELECT \(RoomRow.columns), s.head, v.id, v.name, v.email, v.phone, v.locale, v.page, v.verified_user_id
        FROM rooms r LEFT JOIN rooms s ON s.id = r.side LEFT JOIN visitors v ON v.id = r.visitor_id
        """

    static func read(_ row: SQLRow) throws(HubError) -> ConversationSummary {
        var reader = row.reader
        let row = try RoomRow(reading: &reader)
        guard let conversation = row.room.conversation else { throw reader.unreadable }
        let sideHead = try reader.optionalSeq() ?? .zero
        let visitor = try reader.optionalText(VisitorID.init)
        let name = try reader.optionalText()
        let email = try reader.optionalText()
        let phone = try reader.optionalText()
        let locale = try reader.optionalText()
        let page = try reader.optionalText()
        let isVerified = try reader.optionalText() != nil
        // A channel without visitors names its contact by the room until it brings contacts of its own.
        let participant =
            visitor.map { Participant(kind: .visitor, id: $0.text, name: name ?? Visitor.nameless) }
            ?? Participant(kind: .contact, id: row.room.id.text, name: row.room.title)
        return ConversationSummary(
            room: row.room,
            conversation: conversation,
            sideHead: sideHead,
            contact: Contact(
                participant: participant,
                email: email,
                phone: phone,
                locale: locale,
                page: page,
                isVerified: isVerified
            ),
            changedAt: row.changedAt
        )
    }
}
