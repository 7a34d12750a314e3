import CZlib
package import NIOCore

/// Compresses messages (RFC 7692 section 7.2.1).
///
/// It owns one raw deflate stream of zlib, under the same rules as `Inflater`: a `z_stream` must not move, so it has
/// memory of its own, one owner, and is ended exactly once. It is not Sendable and belongs to one event loop.
package struct Deflater: ~Copyable {
    /// How a stream is set up. It takes 2^(windowBits + 2) + 2^(memoryLevel + 9) bytes.
    package struct Settings: Hashable, Sendable {
        /// 1 (fastest) … 9 (smallest).
        package var level: Int
        /// The window as a power of two, 9…15.
        package var windowBits: Int
        /// 1…9.
        package var memoryLevel: Int

        package init(level: Int = 1, windowBits: Int = 15, memoryLevel: Int = 8) {
            self.level = level
            self.windowBits = windowBits
            self.memoryLevel = memoryLevel
        }
    }

    private let stream: UnsafeMutablePointer<z_stream>

    package init(_ settings: Settings = Settings()) throws(CompressionFailure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream,
            Int32(max(1, min(settings.level, 9))),
            Z_DEFLATED,
            -Int32(max(9, min(settings.windowBits, 15))),
            Int32(max(1, min(settings.memoryLevel, 9))),
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        // All arguments are in range, so only memory can be missing.
        guard status == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            throw .outOfMemory
        }
        self.stream = stream
    }

    deinit {
        deflateEnd(self.stream)
        self.stream.deinitialize(count: 1)
        self.stream.deallocate()
    }

    /// Forgets earlier messages; to be called before each message when there is no context takeover.
    package mutating func reset() {
        // Fails only on a stream that was never begun, which `init` excludes.
        deflateReset(self.stream)
    }

    /// Appends the compressed form of a whole message to `output` and answers how many bytes that took.
    ///
    /// Cannot fail: deflating allocates nothing, and whatever the bytes are they have a compressed form. With context
    /// takeover the result has to be sent, since the peer's window must see every message that this stream has seen.
    package mutating func deflate(_ message: ByteBuffer, into output: inout ByteBuffer) -> Int {
        let start = output.writerIndex
        guard message.readableBytes > 0 else {
            // Two flushes without data in between are one to zlib, so an empty message is written by hand (7.2.3.6).
            return output.writeInteger(UInt8(0))
        }
        message.withUnsafeReadableBytes { input in
            // zlib only reads from `next_in`, the mutable pointer in its type is an old C habit. It is cleared before the
            // closure ends.
            let bytes = input.bindMemory(to: UInt8.self).baseAddress
            self.stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes)
            self.stream.pointee.avail_in = UInt32(input.count)
            // The bound is that of Z_FINISH; the flush adds an empty stored block.
            let expected = Int(deflateBound(self.stream, UInt(input.count))) + 16
            while !self.step(into: &output, room: expected) {}
            self.stream.pointee.next_in = nil
        }
        // Z_SYNC_FLUSH ends with an empty stored block on a byte boundary: 00 00 FF FF. The peer puts it back.
        output.moveWriterIndex(to: output.writerIndex - 4)
        return output.writerIndex - start
    }

    /// Calls zlib once; true when the flush is complete, that is when it left some of the room unused.
    ///
    /// zlib repeats the flush marker if fewer than 6 bytes of room were left, so there are always more.
    private func step(into output: inout ByteBuffer, room: Int) -> Bool {
        var isComplete = false
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: max(room, 16)) { target in
            self.stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
            self.stream.pointee.avail_out = UInt32(target.count)
            let status = CZlib.deflate(self.stream, Z_SYNC_FLUSH)
            assert(status == Z_OK, "a stream in use with input and room always makes progress")
            let left = Int(self.stream.pointee.avail_out)
            self.stream.pointee.next_out = nil
            self.stream.pointee.avail_out = 0
            isComplete = left > 0
            return target.count - left
        }
        return isComplete
    }
}
