import CZlib
package import NIOCore

/// Inflates compressed messages, each in one go and never beyond a cap (RFC 7692 section 7.2.2).
///
/// It owns one raw inflate stream of zlib. A `z_stream` must not move: zlib's state points back to it and refuses a copy.
/// So it lives in memory of its own, this struct is the only one that knows the address, and being noncopyable it ends
/// the stream exactly once. It is not Sendable and belongs to one event loop.
package struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter windowBits: the largest window a sender may have used, as a power of two (8…15). The window takes
    ///   2^windowBits bytes, the rest of the state 7 KB.
    package init(windowBits: Int = 15) throws(CompressionFailure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative bits mean a raw stream without header and checksum. A window larger than the sender's decodes the same.
        let bits = -Int32(max(9, min(windowBits, 15)))
        let status = inflateInit2_(stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            throw .outOfMemory
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(self.stream)
        self.stream.deinitialize(count: 1)
        self.stream.deallocate()
    }

    /// Forgets earlier messages; to be called before each message when there is no context takeover.
    package mutating func reset() {
        // Fails only on a stream that was never begun, which `init` excludes. The window's memory is kept for the next.
        inflateReset(self.stream)
    }

    /// Inflates a whole message.
    ///
    /// - Parameters:
    ///   - message: the payloads of its frames one after another, without the tail, which this adds.
    ///   - limit: the most bytes it may inflate to. The result's memory grows with what comes out, up to twice of it.
    package mutating func inflate(_ message: inout ByteBuffer, limit: Int) throws(CompressionFailure) -> ByteBuffer {
        // An empty frame is what some compressors make of an empty message; by the letter it is no DEFLATE block.
        guard message.readableBytes > 0 else { return ByteBuffer() }
        message.writeBytes([0x00, 0x00, 0xFF, 0xFF])
        var output = ByteBuffer()
        output.reserveCapacity(min(limit, message.readableBytes * 4))
        // zlib only reads from `next_in`, the mutable pointer in its type is an old C habit. Neither pointer outlives the
        // closure: they are cleared before it ends.
        let result: Result<Void, CompressionFailure> = message.withUnsafeMutableReadableBytes { input in
            self.stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
            self.stream.pointee.avail_in = UInt32(input.count)
            defer {
                self.stream.pointee.next_in = nil
                self.stream.pointee.avail_in = 0
            }
            return Result { () throws(CompressionFailure) in try self.run(into: &output, limit: limit) }
        }
        message.clear()
        try result.get()
        return output
    }

    /// Turns the crank until all input is used and all output is out.
    ///
    /// A whole message ends, tail included, at the end of a block. zlib tells so in bit 7 of `data_type`, and then it holds
    /// no output back. It tells so only once: the next call forgets it, so there must be none.
    private func run(into output: inout ByteBuffer, limit: Int) throws(CompressionFailure) {
        while true {
            let (status, filledAll) = try self.step(into: &output, limit: limit)
            let inputIsUsed = self.stream.pointee.avail_in == 0
            switch status {
            case Z_OK:
                guard inputIsUsed else { continue }
                if self.stream.pointee.data_type & 128 != 0 { return }
                guard filledAll else { throw .corrupt }
            case Z_STREAM_END:
                // A block marked as the last (BFINAL) ends zlib's stream but neither the message nor, with context
                // takeover, the connection (section 7.2.3.4): go on behind it and keep the window.
                inflateResetKeep(self.stream)
                if inputIsUsed { return }
            case Z_MEM_ERROR:
                throw .outOfMemory
            default:
                // Z_DATA_ERROR; or Z_BUF_ERROR, which after the checks above is a message that ends inside a block.
                throw .corrupt
            }
        }
    }

    /// Calls zlib once with all the room there is; answers its status and whether it used up the room.
    private func step(into output: inout ByteBuffer, limit: Int) throws(CompressionFailure) -> (
        status: Int32, filledAll: Bool
    ) {
        let room = limit - output.readableBytes
        guard room > 0 else { return try self.probe() }
        var status = Z_OK
        var filledAll = false
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: min(room, 512)) { target in
            let count = min(room, target.count)
            self.stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
            self.stream.pointee.avail_out = UInt32(count)
            status = CZlib.inflate(self.stream, Z_SYNC_FLUSH)
            let left = Int(self.stream.pointee.avail_out)
            self.stream.pointee.next_out = nil
            self.stream.pointee.avail_out = 0
            filledAll = left == 0
            return count - left
        }
        return (status, filledAll)
    }

    /// The output is as large as it may be: offers zlib one more byte to see whether the message is over.
    private func probe() throws(CompressionFailure) -> (status: Int32, filledAll: Bool) {
        var byte: UInt8 = 0
        let (status, left) = withUnsafeMutablePointer(to: &byte) { pointer in
            self.stream.pointee.next_out = pointer
            self.stream.pointee.avail_out = 1
            let status = CZlib.inflate(self.stream, Z_SYNC_FLUSH)
            let left = self.stream.pointee.avail_out
            self.stream.pointee.next_out = nil
            self.stream.pointee.avail_out = 0
            return (status, left)
        }
        guard left == 1 else { throw .tooLarge }
        return (status, false)
    }
}
