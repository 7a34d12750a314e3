/// What the hub is willing to agree to about permessage-deflate, and what its zlib streams may cost.
package struct DeflatePolicy: Hashable, Sendable {
    /// Whether the extension is negotiated at all.
    package var isEnabled = true

    /// Whether a connection may have a deflate stream of its own that remembers earlier messages.
    ///
    /// Off by default: without it one compressed frame is shared by all, which costs a tenth of the CPU at fan-out and
    /// no memory per connection. With it frames to that connection are smaller.
    package var allowsServerContextTakeover = false

    /// Whether a connection may have an inflate stream of its own that remembers earlier messages.
    ///
    /// Off by default: it costs 7 KB and the client's window per connection.
    package var allowsClientContextTakeover = false

    /// Connections that may have streams of their own; what both directions take is below 64 KB each by default.
    package var maxOwnStreams = 0

    /// Window of a connection's own deflate stream, as a power of two (9…15).
    ///
    /// Such a stream takes 2^(bits + 2) + 2^(memory level + 9) bytes: 38 KB with 12 and 5, 262 KB with 15 and 8.
    package var serverMaxWindowBits = 12

    /// Window of a connection's own inflate stream, as a power of two (9…15), which bounds its memory.
    ///
    /// A client that cannot limit its window is told to forget its context instead.
    package var clientMaxWindowBits = 12

    /// zlib's memory level of a connection's own deflate stream (1…9).
    package var memoryLevel = 5

    /// zlib's compression level (1…9). For texts of this size 1 is as good as 6 and faster.
    package var compressionLevel = 1

    package init() {}

    /// The same policy when the budget for streams per connection is used up.
    package var withoutContextTakeover: DeflatePolicy {
        var policy = self
        policy.allowsServerContextTakeover = false
        policy.allowsClientContextTakeover = false
        return policy
    }
}
