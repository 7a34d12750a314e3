package import NIOCore

/// What a client has said, whole and checked.
package enum InboundEvent: Hashable, Sendable {
    /// A text message, which is well-formed UTF-8.
    case text(ByteBuffer)
    /// A binary message, where they are accepted.
    case binary(ByteBuffer)
    /// Answer with a pong of the same bytes.
    case ping(ByteBuffer)
    case pong(ByteBuffer)
    /// The client begins or answers the closing handshake. Nothing comes after it.
    case close(CloseFrame)
    /// The client broke the protocol. Nothing comes after it.
    case violation(ProtocolViolation)
}
