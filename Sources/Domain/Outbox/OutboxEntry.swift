package enum OutboxEntryIDKind: IDKind { package static let letter = UInt8(ascii: "o") }
package typealias OutboxEntryID = ID<OutboxEntryIDKind>

/// Something that is owed to a provider: one request, for a message of a room or for a part of it, or for what no room
/// shows.
package struct OutboxEntry: Sendable, Equatable {
    /// Travels along as our name for the request, so that reports find their way back.
    package let id: OutboxEntryID
    package let lane: OutboxLane
    /// Nil for what no room shows.
    package let room: RoomID?
    /// The event of the room that it is owed for; without a room only its place in its lane.
    package let seq: SequenceNumber
    /// Which part of a message that had to be split; counted from 0.
    package let part: Int64
    /// The message of the room that it answers or reacts to.
    package let target: SequenceNumber?
    package let content: OutboxContent
    /// Whether it hands out codes; then it is sealed where it is stored.
    package let holdsCodes: Bool
    package var delivery: OutboxDelivery

    package init(
        id: OutboxEntryID,
        lane: OutboxLane,
        room: RoomID?,
        seq: SequenceNumber,
        part: Int64 = 0,
        target: SequenceNumber? = nil,
        content: OutboxContent,
        holdsCodes: Bool = false,
        delivery: OutboxDelivery
    ) {
        self.id = id
        self.lane = lane
        self.room = room
        self.seq = seq
        self.part = part
        self.target = target
        self.content = content
        self.holdsCodes = holdsCodes
        self.delivery = delivery
    }

    /// Owed from `moment` on for what no room shows.
    ///
    /// - Parameter order: Lower ones of a lane leave first.
    package init(
        id: OutboxEntryID,
        lane: OutboxLane,
        order: Int64,
        content: OutboxContent,
        at moment: Timestamp
    ) {
        self.init(
            id: id, lane: lane, room: nil, seq: SequenceNumber(order), content: content,
            delivery: .queued(at: moment))
    }
}
