/// An agent's wish that somebody else takes over a conversation they have.
package struct Transfer: Sendable, Equatable {
    package static let maxNoteLength = 2000

    package enum Target: Sendable, Equatable {
        case agent(UserID)
        case team(TeamID)
    }

    /// What happens when that person cannot take it, or nobody of that team is here.
    package enum Fallback: Sendable, Equatable {
        /// It stays with whoever has it.
        case stay
        /// It waits in the queue of a team, or in the one that everybody serves.
        case queue(TeamID?)
    }

    package let room: RoomID
    /// Who has it, as the one who asks saw it.
    package let from: UserID
    package let target: Target
    /// For the colleague; customers never see it.
    package let note: String
    package let fallback: Fallback

    package init(room: RoomID, from: UserID, to target: Target, note: String, fallback: Fallback) {
        self.room = room
        self.from = from
        self.target = target
        self.note = note
        self.fallback = fallback
    }
}
