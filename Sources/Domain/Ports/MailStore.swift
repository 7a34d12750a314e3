/// Mails that the shop owes.
package protocol MailStore: Sendable {
    /// Writes the note in the side room and owes the mail, in one transaction. Throws `not_found`.
    func post(_ mail: MailPost, _ writing: Writing<PostedMail>) async throws -> Written<PostedMail>
}

/// What visitors who left have not read, and what they were told of.
package protocol FollowUpStore: Sendable {
    /// Conversations of visitors with an address in which something came since they were looked at last, in the order
    /// of their rooms.
    func unsettled(since: Timestamp, after room: RoomID?, limit: Int) async throws -> [FollowUpFile]

    /// Where a conversation stands now; nil when it is no visitor's.
    func file(of room: RoomID) async throws -> FollowUpFile?

    /// There is nothing to tell up to these events.
    func settle(_ looked: [(room: RoomID, upTo: SequenceNumber)]) async throws

    /// The visitors of these conversations are connected.
    func noteHere(_ rooms: [RoomID], at moment: Timestamp) async throws

    /// Owes the mail and writes down what it tells of, in one transaction; nil when somebody else did, or the address
    /// is another by now.
    func owe(_ mail: MailPost, replacing file: FollowUpFile, at moment: Timestamp) async throws -> PostedMail?
}
