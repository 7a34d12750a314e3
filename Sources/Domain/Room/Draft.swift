/// What an author wants to be appended to a room.
package struct Draft: Sendable, Equatable {
    package let author: Participant
    package let mid: MID
    package let content: EventContent
    /// May delete what others wrote.
    package let isModerator: Bool
    package let basis: WriteBasis
    /// When it was written by the clock of the provider that brought it.
    package let sentAt: Timestamp?

    package init(
        author: Participant,
        mid: MID,
        content: EventContent,
        isModerator: Bool = false,
        basis: WriteBasis = .unsaid,
        sentAt: Timestamp? = nil
    ) {
        self.author = author
        self.mid = mid
        self.content = content
        self.isModerator = isModerator
        self.basis = basis
        self.sentAt = sentAt
    }
}
