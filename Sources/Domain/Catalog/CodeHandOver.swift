/// Reserved codes that go to a customer with a message.
package struct CodeHandOver: Sendable {
    /// Reserved for the conversation.
    package let codes: [CodeID]
    package let room: RoomID
    /// Holds their texts.
    package let message: Draft

    package init(codes: [CodeID], room: RoomID, message: Draft) {
        self.codes = codes
        self.room = room
        self.message = message
    }
}

/// Codes that are sold, and the message that told the customer, in one commit.
package struct HandedOver: Sendable, Equatable {
    package let codes: [DigitalCode]
    package let room: RoomID
    package let seq: SequenceNumber
    package let at: Timestamp
    /// The room's newest event after the commit.
    package let head: SequenceNumber

    package init(codes: [DigitalCode], room: RoomID, seq: SequenceNumber, at: Timestamp, head: SequenceNumber) {
        self.codes = codes
        self.room = room
        self.seq = seq
        self.at = at
        self.head = head
    }
}
