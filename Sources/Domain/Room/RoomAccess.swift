/// Decides who may be in a room.
package enum RoomAccess {
    /// Nil when `principal` may join, read and write; the refusal otherwise.
    ///
    /// `kind` is nil when there is no such room. A visitor gets the same answer for a room of somebody else and
    /// for none at all, so that ids cannot be probed. `isMember` matters only where `kind.hasMembers`.
    package static func refusal(
        of principal: Principal,
        room: RoomID,
        kind: RoomKind?,
        isMember: Bool
    ) -> HubError? {
        switch principal {
        case .visitor(let visitor):
            return kind == .conversation && room == visitor.room ? nil : .forbidden("this room is not yours")
        case .staff:
            switch kind {
            case nil:
                return .notFound("there is no such room")
            case .conversation, .side, .channel:
                return nil
            case .group, .direct:
                return isMember ? nil : .forbidden("you are not a member of this room")
            }
        }
    }

    /// For agents who see only what their teams have: see `TeamSight`.
    package static let otherTeam = HubError.forbidden("this conversation belongs to a team that you are not in")
}
