/// One member of a room, on one link.
struct Member {
    enum State {
        /// Not in. Can become: `arriving`.
        case away
        /// Connecting, or greeting. Can become: `live`, `away`.
        case arriving
        /// Gets every message. Can become: `catchingUp`, `away`.
        case live
        /// Was told that it is behind and pulls. Can become: `live`, `away`.
        case catchingUp
    }

    let room: Int
    var state = State.away
    /// The number of the last delivery.
    var received: UInt32 = 0
}
