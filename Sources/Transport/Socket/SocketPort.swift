import Domain

/// What fan-out needs to know of one socket, so that it touches no object per member.
///
/// A trivial value: the ports of a loop lie side by side in plain memory.
struct SocketPort {
    /// Which form of a shared frame the socket takes.
    enum Form: UInt8 {
        case plain
        case compressed
        /// It compresses with a stream or a window of its own.
        case own

        init(_ compression: OutboundCompression) {
            switch compression {
            case .none: self = .plain
            case .shared(maxTextBytes: .max): self = .compressed
            case .shared, .own: self = .own
            }
        }
    }

    /// Written to directly while this is not `closed`: nothing else may be waiting to leave.
    var descriptor = SocketDescriptor.closed
    var form = Form.plain
    /// Tells this socket from earlier ones in the same slot.
    var generation: UInt32 = 0
    /// Ends of the chain of what is owed at the end of the turn; see `TurnOutput`.
    var firstLink = TurnOutput.noLink
    var lastLink = TurnOutput.noLink
    /// The length of that chain.
    var owedBytes = 0
    var connection = ConnectionID(0)

    var isDirect: Bool { descriptor != .closed && form != .own }
}
