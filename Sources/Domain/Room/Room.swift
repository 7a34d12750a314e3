/// A room's row: what the committing transaction locks and changes.
package struct Room: Sendable, Equatable {
    package let id: RoomID
    package let kind: RoomKind
    package var title: String
    package var head: SequenceNumber
    /// Of a side room: the customer's room it belongs to.
    package let parent: RoomID?
    package let createdAt: Timestamp
    /// The newest message, for lists.
    package var last: MessageSummary?
    /// Present exactly when `kind` is `conversation`.
    package var conversation: Conversation?

    package init(
        id: RoomID,
        kind: RoomKind,
        title: String,
        head: SequenceNumber,
        parent: RoomID?,
        createdAt: Timestamp,
        last: MessageSummary?,
        conversation: Conversation?
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.head = head
        self.parent = parent
        self.createdAt = createdAt
        self.last = last
        self.conversation = conversation
    }
}
