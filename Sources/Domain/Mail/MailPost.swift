/// A mail that the shop owes somebody, and what colleagues are told of it in the side room.
package struct MailPost: Sendable {
    package let id: OutboxEntryID
    /// The address that it is sent from.
    package let mailbox: String
    package let recipient: EmailAddress
    package let order: MailOrder
    /// Of the note.
    package let author: Participant
    package let mid: MID
    package let note: String

    package init(
        id: OutboxEntryID,
        from mailbox: String,
        to recipient: EmailAddress,
        _ order: MailOrder,
        author: Participant,
        mid: MID,
        note: String
    ) {
        self.id = id
        self.mailbox = mailbox
        self.recipient = recipient
        self.order = order
        self.author = author
        self.mid = mid
        self.note = note
    }
}

/// A mail that is owed.
package struct PostedMail: Sendable, Equatable {
    package let id: OutboxEntryID
    package let side: RoomID
    /// Of the note in the side room, whose status says how far the mail got.
    package let seq: SequenceNumber

    package init(id: OutboxEntryID, side: RoomID, seq: SequenceNumber) {
        self.id = id
        self.side = side
        self.seq = seq
    }
}
