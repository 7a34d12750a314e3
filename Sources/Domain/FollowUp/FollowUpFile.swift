/// Where a visitor's conversation stands, for whoever decides whether to write to them.
package struct FollowUpFile: Sendable, Equatable {
    package let room: RoomID
    package let visitor: VisitorID
    package let address: String
    package let locale: String?
    /// The last event of the room.
    package let head: SequenceNumber
    /// How far the visitor has read.
    package let readUpTo: SequenceNumber
    /// The last message that a mail told of.
    package let toldUpTo: SequenceNumber
    package let toldAt: Timestamp?
    /// Up to here there was nothing to tell.
    package let lookedUpTo: SequenceNumber
    /// When a hub last saw the visitor connected, as far as somebody had to know.
    package let hereAt: Timestamp?

    package init(
        room: RoomID,
        visitor: VisitorID,
        address: String,
        locale: String?,
        head: SequenceNumber,
        readUpTo: SequenceNumber = .zero,
        toldUpTo: SequenceNumber = .zero,
        toldAt: Timestamp? = nil,
        lookedUpTo: SequenceNumber = .zero,
        hereAt: Timestamp? = nil
    ) {
        self.room = room
        self.visitor = visitor
        self.address = address
        self.locale = locale
        self.head = head
        self.readUpTo = readUpTo
        self.toldUpTo = toldUpTo
        self.toldAt = toldAt
        self.lookedUpTo = lookedUpTo
        self.hereAt = hereAt
    }

    /// What is behind it may be news to the visitor.
    package var known: SequenceNumber { max(readUpTo, toldUpTo, lookedUpTo) }
}
