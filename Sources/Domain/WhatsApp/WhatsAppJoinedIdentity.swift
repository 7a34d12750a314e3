/// Somebody who turned out to be a person that was known before: their conversation is that person's as well.
package struct WhatsAppJoinedIdentity: Sendable, Equatable {
    /// By which their messages are signed.
    package let id: WhatsAppIdentityID
    /// Nothing new is written into it.
    package let room: RoomID
    /// When WhatsApp says that they became one, which is when the number changed.
    package let at: Timestamp

    package init(id: WhatsAppIdentityID, room: RoomID, at moment: Timestamp) {
        self.id = id
        self.room = room
        at = moment
    }
}

extension WhatsAppIdentity {
    /// The person as they were before they were joined.
    package func before(_ joined: WhatsAppJoinedIdentity) -> WhatsAppIdentity {
        WhatsAppIdentity(
            id: joined.id,
            number: number,
            room: joined.room,
            userID: userID,
            parentUserID: parentUserID,
            phone: phone,
            name: name,
            username: username,
            lastInboundAt: lastInboundAt,
            stoppedMarketing: stoppedMarketing
        )
    }
}
