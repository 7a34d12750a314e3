/// Visitors and the conversations that serve them.
package protocol ConversationStore: Sendable {
    /// Makes a visitor with a conversation and its side room, in one transaction.
    ///
    /// When `new.verifiedUserID` is known already, that visitor is answered instead and nothing is made.
    func makeVisitor(_ new: NewVisitor) async throws -> Visitor

    func visitor(_ id: VisitorID) async throws -> Visitor?

    /// The visitor whose secret has this hash (SHA-256 in lower-case hex).
    func visitor(tokenHash: String) async throws -> Visitor?

    func visitor(verifiedUserID: String) async throws -> Visitor?

    /// Adds a token for a device; the visitor's other tokens stay good.
    func addToken(hash: String, to visitor: VisitorID, at moment: Timestamp) async throws

    /// Overwrites the members of the profile that are given; `verifiedUserID` is set once and then kept.
    func update(
        _ visitor: VisitorID,
        profile: VisitorProfile,
        verifiedUserID: String?,
        at moment: Timestamp
    ) async throws -> Visitor

    func inbox(_ query: InboxQuery) async throws -> [ConversationSummary]

    /// Conversations that are not resolved, counted as `user` sees them; `sight` is nil for somebody who sees all.
    func inboxCounts(for user: UserID, sight: TeamSight?) async throws -> InboxCounts

    /// Summaries of the given conversations; a side room's id finds its conversation. Unknown ids are left out.
    func summaries(of rooms: [RoomID]) async throws -> [ConversationSummary]

    /// Conversations whose snooze is over.
    func dueSnoozes(at moment: Timestamp, limit: Int) async throws -> [DueSnooze]
}

package struct NewVisitor: Sendable {
    package let id: VisitorID
    package let room: RoomID
    package let side: RoomID
    package let tokenHash: String
    package let profile: VisitorProfile
    package let verifiedUserID: String?
    package let at: Timestamp

    package init(
        id: VisitorID,
        room: RoomID,
        side: RoomID,
        tokenHash: String,
        profile: VisitorProfile,
        verifiedUserID: String?,
        at: Timestamp
    ) {
        self.id = id
        self.room = room
        self.side = side
        self.tokenHash = tokenHash
        self.profile = profile
        self.verifiedUserID = verifiedUserID
        self.at = at
    }
}

package struct DueSnooze: Sendable, Equatable {
    package let room: RoomID
    package let until: Timestamp

    package init(room: RoomID, until: Timestamp) {
        self.room = room
        self.until = until
    }
}
