/// What somebody asks of routing by hand.
package enum RoutingWish: Sendable, Equatable {
    case accept(RoomID, by: UserID)
    case decline(RoomID, by: UserID)
    case transfer(Transfer)
    /// Of the assistant.
    case handover(AssistantHandover)
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
        case .handover(let handover): handover.room
        }
    }

    /// Throws `conflict` for a handover of what the assistant does not have.
    ///
    /// - Parameter found: With the facts of the room, if this is a handover.
    func input(_ found: RoutingTurn.Found, at now: Timestamp) throws(HubError) -> RoutingInput {
        switch self {
        case .accept(let room, let agent): return .accepted(room, by: agent)
        case .decline(let room, let agent): return .declined(room, by: agent)
        case .transfer(let transfer): return .transfer(transfer)
        case .handover(let handover):
            return .handedOver(try handover.entry(found, at: now), handover.reason)
        case .override(let room, let agent): return .override(room, to: agent)
        case .rank(let room, let priority, let skills): return .ranked(room, priority: priority, skills: skills)
        }
    }
}
