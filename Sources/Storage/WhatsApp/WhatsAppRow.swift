import Domain

/// Identities of WhatsApp as their table stores them.
enum WhatsAppRow {
    /// Of the table named `w`.
    static let columns = """
        w.id, w.number_id, w.room_id, w.user_id, w.parent_user_id, w.phone, w.name, w.username, \
        (SELECT r.heard_ms FROM rooms r WHERE r.id = w.room_id), w.marketing
        """

    static func read(_ row: SQLRow) throws(HubError) -> WhatsAppIdentity {
        var row = row.reader
        return try WhatsAppIdentity(
            id: row.text(WhatsAppIdentityID.init),
            number: row.text(),
            room: row.text(RoomID.init),
            userID: row.optionalText(),
            parentUserID: row.optionalText(),
            phone: row.optionalText(),
            name: row.optionalText(),
            username: row.optionalText(),
            lastInboundAt: row.optionalMoment(),
            stoppedMarketing: row.optionalText() == "stop"
        )
    }

    static func readFormer(_ row: SQLRow) throws(HubError) -> WhatsAppFormerAddress {
        var row = row.reader
        return try WhatsAppFormerAddress(
            identity: row.text(WhatsAppIdentityID.init),
            kind: row.text(WhatsAppFormerAddress.Kind.init),
            value: row.text(),
            until: row.moment()
        )
    }

    static func readJoined(_ row: SQLRow) throws(HubError) -> WhatsAppJoinedIdentity {
        var row = row.reader
        return try WhatsAppJoinedIdentity(
            id: row.text(WhatsAppIdentityID.init), room: row.text(RoomID.init), at: row.moment())
    }

    /// For `WhatsAppStatements.insert` and `update`.
    static func values(_ identity: WhatsAppIdentity, at moment: Timestamp) -> [SQLValue] {
        [
            .id(identity.id), .text(identity.number), .id(identity.room), .optional(identity.userID),
            .optional(identity.parentUserID), .optional(identity.phone), .optional(identity.name),
            .optional(identity.username), .optional(identity.stoppedMarketing ? "stop" : nil), .moment(moment),
        ]
    }
}
