/// What a room is for, which decides who may be in it.
package enum RoomKind: String, Sendable, CaseIterable {
    /// Serves one customer; the customer and all staff.
    case conversation
    /// The staff-only half of a conversation.
    case side
    /// Internal, open to all staff.
    case channel
    /// Internal, its members only.
    case group
    /// Internal, two people.
    case direct

    /// Whether rows in `room_members` decide who may be in it.
    package var hasMembers: Bool {
        switch self {
        case .group, .direct: true
        case .conversation, .side, .channel: false
        }
    }

    package var isInternal: Bool {
        switch self {
        case .channel, .group, .direct: true
        case .conversation, .side: false
        }
    }
}
