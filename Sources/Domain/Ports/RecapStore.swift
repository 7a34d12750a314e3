/// Recaps of long conversations, one for each. They are nobody's to see.
package protocol RecapStore: Sendable {
    func recap(of room: RoomID) async throws -> Recap?

    /// Keeps a recap that tells of more than the one that is there.
    ///
    /// Nothing is kept of a conversation that was erased since it was read.
    func keep(_ recap: Recap, of room: RoomID, readAt moment: Timestamp) async throws
}
