/// Whom a code is reserved for or was sold to.
package enum CodeRecipient: Sendable, Equatable {
    /// The shop's own number of an order.
    case order(String)
    case conversation(RoomID)

    package var order: String? {
        if case .order(let order) = self { order } else { nil }
    }

    package var conversation: RoomID? {
        if case .conversation(let room) = self { room } else { nil }
    }
}
