/// Shows customers of a channel that staff have read, or are writing.
///
/// Best effort: a sign that comes too late, or too often, is left out.
package protocol CustomerSigns: Sendable {
    func staffRead(upTo seq: SequenceNumber, in room: RoomID)

    func staffTyped(in room: RoomID)
}

/// Brings signs to a provider.
package protocol SignChannel: Sendable {
    /// Marks a customer's message, and all before it, as read; with the sign that somebody is writing.
    func markRead(_ message: String, isTyping: Bool) async -> SendOutcome
}
