/// A change of owner that routing decided, to be written into the conversation's log.
package struct RoutingHandover: Sendable, Equatable {
    package enum Target: Sendable, Hashable {
        case agent(UserID)
        case team(TeamID)
        case assistant
        case nobody
    }

    package let room: RoomID
    package let target: Target
    /// The epoch that the row must have.
    package let expected: Int64

    package init(_ room: RoomID, to target: Target, expecting expected: Int64) {
        self.room = room
        self.target = target
        self.expected = expected
    }

    /// Nil for effects that leave the owner alone.
    init?(_ effect: RoutingEffect, teams: [RoomID: TeamID]) {
        switch effect {
        case .offered, .offerEnded, .transferFailed:
            return nil
        case .assigned(let room, let agent, let expected, _, _):
            self.init(room, to: .agent(agent), expecting: expected)
        case .queued(let room, let team, _, let expected, _, _):
            self.init(room, to: team.map { .team($0) } ?? .nobody, expecting: expected)
        case .handedOver(let room, let team, let expected, _):
            self.init(room, to: team.map { .team($0) } ?? .nobody, expecting: expected)
        case .released(let room, _, let expected):
            self.init(room, to: teams[room].map { .team($0) } ?? .nobody, expecting: expected)
        }
    }
}
