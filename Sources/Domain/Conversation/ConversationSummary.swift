/// A line of the inbox: everything a list shows of a conversation.
package struct ConversationSummary: Sendable, Equatable {
    package let room: Room
    package let conversation: Conversation
    package let sideHead: SequenceNumber
    package let contact: Contact
    /// Sorted by their Arabic names.
    package let labels: [LabelMark]
    /// Promises of time that are on.
    package let clocks: [ClockFace]
    /// When any of it changed last.
    package let changedAt: Timestamp

    package init(
        room: Room,
        conversation: Conversation,
        sideHead: SequenceNumber,
        contact: Contact,
        labels: [LabelMark] = [],
        clocks: [ClockFace] = [],
        changedAt: Timestamp
    ) {
        self.room = room
        self.conversation = conversation
        self.sideHead = sideHead
        self.contact = contact
        self.labels = labels
        self.clocks = clocks
        self.changedAt = changedAt
    }
}

/// The customer of a conversation as staff see them.
package struct Contact: Sendable, Equatable {
    package let participant: Participant
    package let email: String?
    package let phone: String?
    package let locale: String?
    /// The page of the site the customer was on last.
    package let page: String?
    /// Whether the site vouched for who they are.
    package let isVerified: Bool

    package init(
        participant: Participant,
        email: String?,
        phone: String?,
        locale: String?,
        page: String?,
        isVerified: Bool
    ) {
        self.participant = participant
        self.email = email
        self.phone = phone
        self.locale = locale
        self.page = page
        self.isVerified = isVerified
    }
}
