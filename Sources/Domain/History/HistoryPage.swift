/// Which stretch of a room's history is asked for.
package struct HistoryPage: Sendable, Equatable {
    package enum Position: Sendable, Equatable {
        /// The newest messages.
        case newest
        /// The newest messages below a number.
        case before(SequenceNumber)
        /// The oldest messages above a number.
        case after(SequenceNumber)
    }

    package let position: Position
    /// Messages, not events.
    package let limit: Int

    package init(position: Position, limit: Int) {
        self.position = position
        self.limit = limit
    }
}

/// The events that a folded page is made of.
package struct HistorySlice: Sendable, Equatable {
    /// The messages of the page in rising order.
    package let messages: [RoomEvent]
    /// Every edit, deletion and reaction of those messages up to `head`, in rising order.
    package let changes: [RoomEvent]
    /// Other durable events between the page's bounds, in rising order: after the message before the page (or the
    /// start) up to its last message, and up to `head` when the page ends the log.
    package let notices: [RoomEvent]
    package let head: SequenceNumber
    /// Whether messages remain beyond the page, in the direction that was asked for.
    package let hasMore: Bool

    package init(
        messages: [RoomEvent],
        changes: [RoomEvent],
        notices: [RoomEvent],
        head: SequenceNumber,
        hasMore: Bool
    ) {
        self.messages = messages
        self.changes = changes
        self.notices = notices
        self.head = head
        self.hasMore = hasMore
    }
}
