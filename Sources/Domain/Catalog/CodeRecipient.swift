/// Whom a code is reserved for or was sold to.
package enum CodeRecipient: Sendable, Equatable {
    /// The shop's own number of an order; and the conversation with whoever ordered, when it is known.
    case order(String, from: RoomID? = nil)
    case conversation(RoomID)

    package var order: String? {
        switch self {
        case .order(let order, _): order
        case .conversation: nil
        }
    }

    package var conversation: RoomID? {
        switch self {
        case .order(_, let room): room
        case .conversation(let room): room
        }
    }
}
