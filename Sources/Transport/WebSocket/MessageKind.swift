/// The two kinds of messages a WebSocket carries.
package enum MessageKind: Hashable, Sendable {
    case text
    case binary

    var opcode: FrameOpcode {
        switch self {
        case .text: .text
        case .binary: .binary
        }
    }
}
