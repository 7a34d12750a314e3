/// A conversation after its labels were set.
package struct LabelledConversation: Sendable, Equatable {
    package let room: RoomID
    /// Where colleagues were told.
    package let side: RoomID
    /// The newest event of the side room after the commit.
    package let sideHead: SequenceNumber
    /// Sorted by their Arabic names.
    package let labels: [LabelMark]

    package init(room: RoomID, side: RoomID, sideHead: SequenceNumber, labels: [LabelMark]) {
        self.room = room
        self.side = side
        self.sideHead = sideHead
        self.labels = labels
    }
}
