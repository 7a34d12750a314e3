/// What somebody asks of routing by hand.
package enum RoutingWish: Sendable, Equatable {
    case accept(RoomID, by: UserID)
    case decline(RoomID, by: UserID)
    case transfer(Transfer)
    /// Of a supervisor: to this agent, or nil for back to the queue.
    case override(RoomID, to: UserID?)
    /// Where a waiting conversation stands in the line, and what it needs.
    case rank(RoomID, priority: Int64, skills: Set<String>)

    package static let priorities: ClosedRange<Int64> = -100...100
    package static let maxSkills = 20

    package var room: RoomID {
        switch self {
        case .accept(let room, _), .decline(let room, _), .override(let room, _), .rank(let room, _, _): room
        case .transfer(let transfer): transfer.room
        }
    }

    var input: RoutingInput {
        switch self {
        case .accept(let room, let agent): .accepted(room, by: agent)
        case .decline(let room, let agent): .declined(room, by: agent)
        case .transfer(let transfer): .transfer(transfer)
        case .override(let room, let agent): .override(room, to: agent)
        case .rank(let room, let priority, let skills): .ranked(room, priority: priority, skills: skills)
        }
    }
}
