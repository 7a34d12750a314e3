/// One numbered fact of a room's log.
package struct RoomEvent: Sendable, Equatable {
    package let room: RoomID
    package let seq: SequenceNumber
    package let at: Timestamp
    package let author: Participant
    package let mid: MID
    package let content: EventContent
    /// In a side room: the head of the customer's room when this was committed.
    package let anchor: SequenceNumber?

    package init(
        room: RoomID,
        seq: SequenceNumber,
        at: Timestamp,
        author: Participant,
        mid: MID,
        content: EventContent,
        anchor: SequenceNumber?
    ) {
        self.room = room
        self.seq = seq
        self.at = at
        self.author = author
        self.mid = mid
        self.content = content
        self.anchor = anchor
    }
}
