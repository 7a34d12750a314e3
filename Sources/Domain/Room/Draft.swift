/// What an author wants to be appended to a room.
package struct Draft: Sendable, Equatable {
    package let author: Participant
    package let mid: MID
    package let content: EventContent
    /// May delete what others wrote.
    package let isModerator: Bool
    package let basis: WriteBasis
    /// Nil for what was written here.
    package let origin: MessageOrigin?

    package init(
        author: Participant,
        mid: MID,
        content: EventContent,
        isModerator: Bool = false,
        basis: WriteBasis = .unsaid,
        origin: MessageOrigin? = nil
    ) {
        self.author = author
        self.mid = mid
        self.content = content
        self.isModerator = isModerator
        self.basis = basis
        self.origin = origin
    }
}
