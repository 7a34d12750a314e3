import Domain

/// A line of the inbox: a conversation's row beside its side room's and its customer's.
enum ConversationRow {
    /// `rest` goes on behind the joins.
    static func select(_ rest: String) -> SQLText {
        SQLText(
            sqlite: "\(select(LabelRow.listed.sqlite)) \(rest)",
            postgres: "\(select(LabelRow.listed.postgres)) \(rest)"
        )
    }

    private static func select(_ labels: String) -> String {
        """
        SELECT \(RoomRow.columns), s.head, v.name, v.email, v.phone, v.locale, v.page, v.verified_user_id,
            w.name, w.phone, \(labels), f.faces
        FROM rooms r LEFT JOIN rooms s ON s.id = r.side LEFT JOIN visitors v ON v.id = r.visitor_id
            LEFT JOIN whatsapp_identities w ON w.id = r.whatsapp_id
            LEFT JOIN conversation_clocks f ON f.room_id = r.id
        """
    }

    static func read(_ row: SQLRow) throws(HubError) -> ConversationSummary {
        var reader = row.reader
        let row = try RoomRow(reading: &reader)
        guard let conversation = row.room.conversation else { throw reader.unreadable }
        let sideHead = try reader.optionalSeq() ?? .zero
        let contact =
            switch conversation.customer {
            case .visitor(let id): try visitor(id, &reader)
            case .whatsapp(let id): try whatsApp(id, &reader)
            }
        return ConversationSummary(
            room: row.room,
            conversation: conversation,
            sideHead: sideHead,
            contact: contact,
            labels: try LabelRow.readListed(&reader),
            clocks: try CaseRow.readFaces(&reader),
            changedAt: row.changedAt
        )
    }

    private static func visitor(_ id: VisitorID, _ reader: inout SQLRowReader) throws(HubError) -> Contact {
        let name = try reader.optionalText()
        let contact = try Contact(
            participant: Participant(kind: .visitor, id: id.text, name: name ?? Visitor.nameless),
            email: reader.optionalText(),
            phone: reader.optionalText(),
            locale: reader.optionalText(),
            page: reader.optionalText(),
            isVerified: reader.optionalText() != nil
        )
        for _ in 0..<whatsAppColumns { _ = try reader.optionalText() }
        return contact
    }

    /// WhatsApp vouches for the number.
    private static func whatsApp(
        _ id: WhatsAppIdentityID,
        _ reader: inout SQLRowReader
    ) throws(HubError) -> Contact {
        for _ in 0..<visitorColumns { _ = try reader.optionalText() }
        let name = try reader.optionalText()
        let phone = try reader.optionalText()
        return Contact(
            participant: WhatsAppIdentity.participant(id: id, name: name, phone: phone),
            email: nil,
            phone: phone.map { "+\($0)" },
            locale: nil,
            page: nil,
            isVerified: phone != nil
        )
    }

    /// Columns of the visitor in `select`.
    private static let visitorColumns = 6
    /// Columns of the identity at WhatsApp, behind them.
    private static let whatsAppColumns = 2
}
