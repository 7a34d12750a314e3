import NIOCore

/// Splits a stream of bytes into the frames of a client (RFC 6455 section 5.2).
///
/// Bytes may come in portions of any size. The parser keeps at most the 14 bytes of an unfinished header, never a
/// payload: a payload goes from the receive buffer straight into the caller's buffer and is unmasked on the way, so an
/// idle connection holds no receive buffer. Reading a frame is `readHeader` until it answers `.header`, then
/// `readPayload` until `remainingPayloadBytes` is 0.
struct FrameParser: Sendable {
    enum HeaderStep: Equatable, Sendable {
        case needMore
        case header(FrameHeader)
    }

    private let maxFrameBytes: Int
    private let allowsCompression: Bool

    private var head = InlineArray<14, UInt8>(repeating: 0)
    private var headBytes = 0
    /// How long the header is as far as it is known: 2 until the length's form has been seen.
    private var awaitedHeadBytes = 2
    private var opcode = FrameOpcode.continuation
    /// The masking key as it lies in memory, turned so that its first byte belongs to the next byte of payload.
    private var mask: UInt32 = 0
    private(set) var remainingPayloadBytes = 0

    /// - Parameters:
    ///   - maxFrameBytes: the most payload bytes of a data frame as it is on the wire.
    ///   - allowsCompression: whether permessage-deflate was negotiated, which gives RSV1 its meaning.
    init(maxFrameBytes: Int, allowsCompression: Bool) {
        self.maxFrameBytes = maxFrameBytes
        self.allowsCompression = allowsCompression
    }

    /// Reads the next frame's header as far as `input` has it; every rule is checked at the first byte that can break it.
    mutating func readHeader(from input: inout ByteBuffer) throws(ProtocolViolation) -> HeaderStep {
        while self.headBytes < self.awaitedHeadBytes {
            guard let byte = input.readInteger(as: UInt8.self) else { return .needMore }
            self.head[self.headBytes] = byte
            self.headBytes += 1
            if self.headBytes == 2 { self.awaitedHeadBytes = try self.checkFixedPart() }
        }
        let header = try self.finishHeader()
        self.headBytes = 0
        self.awaitedHeadBytes = 2
        return .header(header)
    }

    /// Moves what `input` has of the payload to the end of `destination`, unmasked, and answers how many bytes.
    mutating func readPayload(from input: inout ByteBuffer, into destination: inout ByteBuffer) -> Int {
        let count = min(self.remainingPayloadBytes, input.readableBytes)
        guard count > 0 else { return 0 }
        let mask = self.mask
        input.readWithUnsafeReadableBytes { source in
            destination.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
                Self.unmask(UnsafeRawBufferPointer(rebasing: source[..<count]), into: target, with: mask)
                return count
            }
        }
        self.remainingPayloadBytes -= count
        self.mask = Self.turn(mask, by: count)
        return count
    }

    /// Checks the first two bytes and answers how long the whole header is.
    private mutating func checkFixedPart() throws(ProtocolViolation) -> Int {
        guard let opcode = FrameOpcode(rawValue: self.head[0] & 0x0F) else { throw .reservedOpcode }
        guard self.head[0] & 0x30 == 0 else { throw .reservedBits }
        if self.head[0] & 0x40 != 0 {
            // RFC 7692 section 6: only the first frame of a message says that it is compressed.
            guard self.allowsCompression, opcode == .text || opcode == .binary else { throw .reservedBits }
        }
        guard self.head[1] & 0x80 != 0 else { throw .unmaskedFrame }
        let lengthForm = self.head[1] & 0x7F
        if opcode.isControl {
            guard self.head[0] & 0x80 != 0 else { throw .fragmentedControl }
            guard lengthForm <= FrameHeader.maxControlPayloadBytes else { throw .oversizedControl }
        }
        self.opcode = opcode
        switch lengthForm {
        case 126: return 2 + 2 + 4
        case 127: return 2 + 8 + 4
        default: return 2 + 4
        }
    }

    /// Reads length and mask of a header that is all there, and makes ready for its payload.
    private mutating func finishHeader() throws(ProtocolViolation) -> FrameHeader {
        let maskIndex = self.awaitedHeadBytes - 4
        var length = UInt64(self.head[1] & 0x7F)
        if maskIndex > 2 {
            length = 0
            for index in 2..<maskIndex { length = length << 8 | UInt64(self.head[index]) }
            guard length >> 63 == 0 else { throw .lengthOutOfRange }
            guard length > (maskIndex == 4 ? 125 : 0xFFFF) else { throw .lengthNotMinimal }
        }
        guard self.opcode.isControl || length <= UInt64(self.maxFrameBytes) else { throw .frameTooLarge }
        var mask: UInt32 = 0
        for index in 0..<4 { mask |= UInt32(self.head[maskIndex + index]) << (8 * UInt32(index)) }
        self.mask = UInt32(littleEndian: mask)
        self.remainingPayloadBytes = Int(length)
        return FrameHeader(
            opcode: self.opcode,
            isFinal: self.head[0] & 0x80 != 0,
            isCompressed: self.head[0] & 0x40 != 0,
            payloadBytes: Int(length)
        )
    }

    /// Copies `source` to the start of `target`, exclusive-or the mask, eight bytes at a time.
    private static func unmask(
        _ source: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer,
        with mask: UInt32
    ) {
        let wideMask = UInt64(mask) << 32 | UInt64(mask)
        var index = 0
        while index &+ 8 <= source.count {
            let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            target.storeBytes(of: word ^ wideMask, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        withUnsafeBytes(of: mask) { key in
            // Eight is a multiple of four, so the mask's phase at `index` is 0.
            while index < source.count {
                target[index] = source[index] ^ key[index & 3]
                index &+= 1
            }
        }
    }

    /// The mask as the byte after `count` bytes of payload needs it.
    private static func turn(_ mask: UInt32, by count: Int) -> UInt32 {
        let bits = UInt32(count & 3) * 8
        guard bits != 0 else { return mask }
        let little = mask.littleEndian
        return UInt32(littleEndian: little >> bits | little << (32 - bits))
    }
}
