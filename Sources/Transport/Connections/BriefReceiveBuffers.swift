package import NIOCore

/// Gives every read a buffer of its own, so that a channel that waits for its client keeps none.
///
/// A channel keeps the first buffer that it is given for as long as it lives, so the first is tiny: a request begins with
/// a read of its own. The later ones are kept only while `ChannelOptions.maxMessagesPerRead` is above 1.
package struct BriefReceiveBuffers: RecvByteBufferAllocator {
    /// What each channel holds for good.
    static let firstBytes = 16
    /// More than nearly all frames of a client need.
    static let leastBytes = 512
    static let mostBytes = 64 * 1024

    private var nextBytes = Self.firstBytes

    package init() {}

    /// A read that filled its buffer is followed by one of twice the size.
    package mutating func record(actualReadBytes: Int) -> Bool {
        let next = actualReadBytes >= nextBytes ? nextBytes * 2 : 0
        nextBytes = min(max(next, Self.leastBytes), Self.mostBytes)
        // "May grow" keeps the channel from reading into the buffer it has.
        return true
    }

    package func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        allocator.buffer(capacity: nextBytes)
    }
}
