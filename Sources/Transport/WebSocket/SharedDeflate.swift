import NIOCore

/// The zlib streams of one event loop, lent to all its connections that agreed to no context takeover.
///
/// Streams are reset before each message, so nothing of a connection stays here and an idle connection holds no zlib
/// state. One deflate stream takes 262 KB, one inflate stream 40 KB. Not Sendable: it belongs to its event loop.
package final class SharedDeflate {
    private var inflater: Inflater
    private var deflater: Deflater
    /// Memory for the compressed form of the message that comes in just now.
    private var spare = ByteBuffer()

    package init(level: Int = 1) throws(CompressionFailure) {
        self.inflater = try Inflater()
        self.deflater = try Deflater(Deflater.Settings(level: level))
    }

    /// Compresses one whole message for itself: see `Deflater.deflate`.
    func deflate(_ message: ByteBuffer, into output: inout ByteBuffer) -> Int {
        self.deflater.reset()
        return self.deflater.deflate(message, into: &output)
    }

    /// Inflates one whole message by itself: see `Inflater.inflate`.
    func inflate(_ message: inout ByteBuffer, limit: Int) throws(CompressionFailure) -> ByteBuffer {
        self.inflater.reset()
        return try self.inflater.inflate(&message, limit: limit)
    }

    /// Lends memory for gathering a compressed message; whoever comes second meanwhile gets an empty buffer.
    func borrowBuffer() -> ByteBuffer {
        let buffer = self.spare
        self.spare = ByteBuffer()
        return buffer
    }

    /// Takes the memory back when the message is inflated.
    func giveBack(_ buffer: consuming ByteBuffer) {
        buffer.clear()
        self.spare = buffer
    }
}

@available(*, unavailable)
extension SharedDeflate: Sendable {}
