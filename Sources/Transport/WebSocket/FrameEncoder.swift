package import NIOCore

/// Writes the server's frames, which are never masked and never fragmented (RFC 6455 section 5.2).
package enum FrameEncoder {
    /// Room to leave before a text so that `encode(text:)` needs no copy: a header for up to 64 KiB less one byte.
    package static let headroom = 4

    private static let final: UInt8 = 0x80
    private static let compressed: UInt8 = 0x40

    /// How long the header of a payload is.
    package static func headerBytes(forPayloadBytes count: Int) -> Int {
        switch count {
        case ...125: 2
        case ...0xFFFF: 4
        default: 10
        }
    }

    /// Frames a text.
    ///
    /// If the text's buffer has room before its reader index (`headroom`) and is held by nobody else (hand it over with `consume`), the header is
    /// written there and nothing is copied.
    package static func encode(text: consuming ByteBuffer) -> ByteBuffer {
        let count = text.readableBytes
        let start = text.readerIndex - Self.headerBytes(forPayloadBytes: count)
        guard start >= 0 else {
            var frame = ByteBuffer()
            frame.reserveCapacity(Self.headerBytes(forPayloadBytes: count) + count)
            Self.append(text, to: &frame)
            return frame
        }
        Self.setHeader(.text, flags: Self.final, payloadBytes: count, at: start, in: &text)
        text.moveReaderIndex(to: start)
        return text
    }

    /// Appends a framed message to the frames gathered for one write.
    package static func append(_ message: ByteBuffer, as kind: MessageKind = .text, to output: inout ByteBuffer) {
        Self.appendFrame(kind.opcode, payload: message, to: &output)
    }

    /// Appends a message that is compressed for itself, for receivers without context takeover.
    package static func append(
        _ message: ByteBuffer,
        as kind: MessageKind = .text,
        compressedBy shared: SharedDeflate,
        to output: inout ByteBuffer
    ) {
        Self.appendCompressed(kind.opcode, plainBytes: message.readableBytes, to: &output) {
            shared.deflate(message, into: &$0)
        }
    }

    /// Appends a message that is compressed by its receiver's own stream.
    ///
    /// The frame must be sent, in this order: the receiver's window has to see what the stream has seen.
    package static func append(
        _ message: ByteBuffer,
        as kind: MessageKind = .text,
        compressedBy deflater: inout Deflater,
        to output: inout ByteBuffer
    ) {
        Self.appendCompressed(kind.opcode, plainBytes: message.readableBytes, to: &output) {
            deflater.deflate(message, into: &$0)
        }
    }

    /// Appends a ping of at most 125 bytes; an empty one is two bytes.
    package static func append(ping payload: ByteBuffer = ByteBuffer(), to output: inout ByteBuffer) {
        precondition(payload.readableBytes <= FrameHeader.maxControlPayloadBytes, "a ping carries at most 125 bytes")
        Self.appendFrame(.ping, payload: payload, to: &output)
    }

    /// Appends the answer to a ping, whose payload the assembler has already kept to 125 bytes.
    package static func append(pong payload: ByteBuffer, to output: inout ByteBuffer) {
        precondition(payload.readableBytes <= FrameHeader.maxControlPayloadBytes, "a pong carries at most 125 bytes")
        Self.appendFrame(.pong, payload: payload, to: &output)
    }

    /// Appends a close frame; a reason that is too long is cut between two characters.
    package static func append(close: CloseFrame, to output: inout ByteBuffer) {
        guard let code = close.code else {
            Self.appendHeader(.close, flags: Self.final, payloadBytes: 0, to: &output)
            return
        }
        var reason = close.reason.unicodeScalars[...]
        var reasonBytes = reason.reduce(0) { $0 + UTF8.width($1) }
        while reasonBytes > CloseFrame.maxReasonBytes, let last = reason.popLast() { reasonBytes -= UTF8.width(last) }
        Self.appendHeader(.close, flags: Self.final, payloadBytes: 2 + reasonBytes, to: &output)
        output.writeInteger(code.rawValue)
        output.writeSubstring(Substring(reason))
    }

    private static func appendFrame(_ opcode: FrameOpcode, payload: ByteBuffer, to output: inout ByteBuffer) {
        Self.appendHeader(opcode, flags: Self.final, payloadBytes: payload.readableBytes, to: &output)
        output.writeImmutableBuffer(payload)
    }

    /// Compresses behind room for a header, then writes the header, whose length is only known by then.
    private static func appendCompressed(
        _ opcode: FrameOpcode,
        plainBytes: Int,
        to output: inout ByteBuffer,
        by compress: (inout ByteBuffer) -> Int
    ) {
        let start = output.writerIndex
        let room = Self.headerBytes(forPayloadBytes: plainBytes)
        output.writeRepeatingByte(0, count: room)
        let count = compress(&output)
        let header = Self.headerBytes(forPayloadBytes: count)
        if header != room { Self.shift(count, from: start + room, by: header - room, in: &output) }
        let flags = Self.final | Self.compressed
        Self.setHeader(opcode, flags: flags, payloadBytes: count, at: start, in: &output)
    }

    /// Moves the last `count` bytes of a buffer by a few, when the compressed form needs another header than the plain.
    private static func shift(_ count: Int, from index: Int, by distance: Int, in buffer: inout ByteBuffer) {
        if distance > 0 { buffer.writeRepeatingByte(0, count: distance) }
        let offset = index - buffer.readerIndex
        buffer.withUnsafeMutableReadableBytes { bytes in
            // Both ranges are readable, and they may overlap: `copyMemory` is memmove.
            let source = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
            UnsafeMutableRawBufferPointer(rebasing: bytes[(offset + distance)...]).copyMemory(from: source)
        }
        if distance < 0 { buffer.moveWriterIndex(to: buffer.writerIndex + distance) }
    }

    private static func appendHeader(
        _ opcode: FrameOpcode,
        flags: UInt8,
        payloadBytes count: Int,
        to output: inout ByteBuffer
    ) {
        let start = output.writerIndex
        let end = start + Self.setHeader(opcode, flags: flags, payloadBytes: count, at: start, in: &output)
        output.moveWriterIndex(to: end)
    }

    /// Writes a header at an index and answers its length.
    @discardableResult
    private static func setHeader(
        _ opcode: FrameOpcode,
        flags: UInt8,
        payloadBytes count: Int,
        at index: Int,
        in buffer: inout ByteBuffer
    ) -> Int {
        let first = flags | opcode.rawValue
        switch Self.headerBytes(forPayloadBytes: count) {
        case 2: return buffer.setInteger(UInt16(first) << 8 | UInt16(count), at: index)
        case 4: return buffer.setInteger(UInt32(first) << 24 | 126 << 16 | UInt32(count), at: index)
        default:
            buffer.setInteger(UInt16(first) << 8 | 127, at: index)
            return 2 + buffer.setInteger(UInt64(count), at: index + 2)
        }
    }
}
