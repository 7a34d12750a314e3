package import Domain

/// The one way into rooms for whoever has no socket: REST, the command line, timers, integrations.
package protocol RoomGateway: Sendable {
    /// Appends through the room's actor and returns after the commit; the room's members are told.
    ///
    /// Throws `HubError`: what `AppendPlan` rejected, `busy`, `unavailable`.
    func append(_ draft: Draft, to room: RoomID) async throws -> WriteReceipt

    /// Others appended to the room's log, up to `head`: who is connected is told at once.
    func appended(upTo head: SequenceNumber, in room: RoomID)

    /// Throws `forbidden` or `not_found` unless `principal` may read the room.
    func authorize(_ principal: Principal, in room: RoomID) async throws

    /// Returns when the room's head is beyond `seq` or the time is up; the head then.
    func head(of room: RoomID, beyond seq: SequenceNumber, within timeout: Duration) async throws -> SequenceNumber

    /// Stores a read marker for somebody without a socket, and shows it to the others. Returns how far it is.
    func markRead(
        upTo seq: SequenceNumber,
        by reader: Participant,
        isTyping: Bool,
        in room: RoomID
    ) async throws -> SequenceNumber

    /// A room was made or its members changed: tells the people concerned who are connected.
    func announce(_ room: Room, to members: [UserID]?) async
}

/// What an acknowledged write says.
package struct WriteReceipt: Sendable, Equatable {
    package let seq: SequenceNumber
    package let at: Timestamp
    /// Whether the same write was committed before.
    package let isDuplicate: Bool

    package init(seq: SequenceNumber, at: Timestamp, isDuplicate: Bool) {
        self.seq = seq
        self.at = at
        self.isDuplicate = isDuplicate
    }
}
