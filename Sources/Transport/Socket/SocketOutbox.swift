import NIOCore

/// What one socket is owed beyond this turn, and why it does not leave at once.
struct SocketOutbox: ~Copyable {
    /// The socket of a channel whose bytes go out as they are; `closed` when all writing is the channel's.
    var descriptor = SocketDescriptor.closed
    var queue: OutboundQueue
    /// While an `auth` reply is gathered, everything else waits behind it.
    var isCorked = false
    var isDirty = false
    /// Bytes that the socket did not take; they go before anything else, through the channel.
    var rest = ByteBuffer()
    /// Since when the socket takes nothing; nil while it takes all it is offered.
    var blockedSince: NIODeadline?
    /// Only where the client demanded context takeover.
    var ownDeflater: Deflater?

    /// - Parameters:
    ///   - descriptor: `closed` for a channel that changes the bytes on their way, as TLS does.
    ///   - opening: What answers the handshake.
    init(_ descriptor: SocketDescriptor, _ opening: ByteBuffer, maxDurableBytes: Int) {
        self.descriptor = descriptor
        queue = OutboundQueue(maxDurableBytes: maxDurableBytes)
        queue.appendControl(.raw(opening))
    }

    /// That of a socket which is gone.
    init() {
        queue = OutboundQueue(maxDurableBytes: 0)
    }
}
