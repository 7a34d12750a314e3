package import NIOCore

/// Makes whole messages and control frames of a client's bytes (RFC 6455 section 5, RFC 7692 section 7.2.2).
///
/// ```
/// bytes → FrameParser → payload (unmasked, plain text checked as it comes) → text · binary
///                     ↘ control payload                                    → ping · pong · close
/// ```
/// Feed it what was read, then call `next` until it answers nil; it has used up the bytes by then. Memory grows with what
/// has arrived, never with what a header announces, and stays below `maxMessageBytes` and its power of two. A compressed
/// message is gathered first and inflated in one go once it is whole: that is why all connections of an event loop can
/// share one inflate stream, and why a bomb costs no more than the two limits. A message keeps to `maxMessageBytes` both
/// on the wire and inflated.
package struct MessageAssembler: ~Copyable {
    /// The message whose fragments are coming in.
    private enum Message {
        case none
        case text(isCompressed: Bool)
        case binary(isCompressed: Bool)

        var isCompressed: Bool {
            switch self {
            case .none: false
            case .text(let isCompressed), .binary(let isCompressed): isCompressed
            }
        }
    }

    private enum State {
        /// Can become: `payload`, `finished`.
        case header
        /// Can become: `header`, `finished`.
        case payload(FrameHeader)
        /// A close frame or a violation came: whatever follows is thrown away.
        case finished
    }

    private let maxMessageBytes: Int
    private let acceptsBinary: Bool
    /// Window of the connection's own inflate stream; nil when the loop's is used.
    private let ownWindowBits: Int?

    private var state = State.header
    private var parser: FrameParser
    private var message = Message.none
    /// The message so far, as it is on the wire.
    private var payload = ByteBuffer()
    private var validator = UTF8Validator()
    private var controlPayload = ByteBuffer()
    /// The connection's own inflate stream; only with context takeover, and only from the first compressed message on.
    private var inflater: Inflater?

    /// - Parameters:
    ///   - deflate: what was agreed about permessage-deflate, nil for nothing.
    ///   - acceptsBinary: false closes with 1003 at the first binary frame.
    package init(limits: SocketLimits, deflate: DeflateParameters?, acceptsBinary: Bool = false) {
        self.maxMessageBytes = limits.maxMessageBytes
        self.acceptsBinary = acceptsBinary
        self.ownWindowBits = deflate.flatMap { $0.clientNoContextTakeover ? nil : $0.clientMaxWindowBits ?? 15 }
        self.parser = FrameParser(maxFrameBytes: limits.maxFrameBytes, allowsCompression: deflate != nil)
    }

    /// Answers the next event in `input`, or nil when all of `input` is used and more is needed.
    package mutating func next(from input: inout ByteBuffer, shared: SharedDeflate) -> InboundEvent? {
        do throws(ProtocolViolation) {
            return try self.advance(from: &input, shared: shared)
        } catch {
            self.finish()
            return .violation(error)
        }
    }

    private mutating func advance(
        from input: inout ByteBuffer,
        shared: SharedDeflate
    ) throws(ProtocolViolation) -> InboundEvent? {
        while true {
            switch self.state {
            case .header:
                guard case .header(let header) = try self.parser.readHeader(from: &input) else { return nil }
                if !header.opcode.isControl { try self.beginFragment(header, shared: shared) }
                self.state = .payload(header)
            case .payload(let header):
                try self.readPayload(of: header, from: &input)
                guard self.parser.remainingPayloadBytes == 0 else { return nil }
                self.state = .header
                if let event = try self.endFrame(header, shared: shared) { return event }
            case .finished:
                input.moveReaderIndex(to: input.writerIndex)
                return nil
            }
        }
    }

    /// Checks that a data frame may come now and fits, before any of its payload is read.
    private mutating func beginFragment(_ header: FrameHeader, shared: SharedDeflate) throws(ProtocolViolation) {
        switch (header.opcode, self.message) {
        case (.continuation, .none): throw .nothingToContinue
        case (.continuation, _): break
        case (_, .text), (_, .binary): throw .messageNotFinished
        case (.binary, .none):
            guard self.acceptsBinary else { throw .binaryRefused }
            self.message = .binary(isCompressed: header.isCompressed)
        case (.text, .none): self.message = .text(isCompressed: header.isCompressed)
        case (.close, .none), (.ping, .none), (.pong, .none): break
        }
        guard header.payloadBytes <= self.maxMessageBytes - self.payload.readableBytes else { throw .messageTooLarge }
        if header.isCompressed { self.payload = shared.borrowBuffer() }
    }

    private mutating func readPayload(
        of header: FrameHeader,
        from input: inout ByteBuffer
    ) throws(ProtocolViolation) {
        if header.opcode.isControl {
            _ = self.parser.readPayload(from: &input, into: &self.controlPayload)
            return
        }
        let count = self.parser.readPayload(from: &input, into: &self.payload)
        guard case .text(isCompressed: false) = self.message, count > 0 else { return }
        let isText = self.payload.withUnsafeReadableBytes {
            self.validator.consume(UnsafeRawBufferPointer(rebasing: $0.suffix(count)))
        }
        guard isText else { throw .invalidUTF8 }
    }

    private mutating func endFrame(
        _ header: FrameHeader,
        shared: SharedDeflate
    ) throws(ProtocolViolation) -> InboundEvent? {
        switch header.opcode {
        case .continuation, .text, .binary: return header.isFinal ? try self.endMessage(shared: shared) : nil
        case .ping: return .ping(Self.take(&self.controlPayload))
        case .pong: return .pong(Self.take(&self.controlPayload))
        case .close:
            let frame = try CloseFrame(payload: Self.take(&self.controlPayload))
            self.finish()
            return .close(frame)
        }
    }

    private mutating func endMessage(shared: SharedDeflate) throws(ProtocolViolation) -> InboundEvent? {
        let message = self.message
        self.message = .none
        let body = message.isCompressed ? try self.inflatePayload(shared: shared) : Self.take(&self.payload)
        switch message {
        case .none: return nil
        case .binary: return .binary(body)
        case .text(let isCompressed):
            if isCompressed {
                guard body.withUnsafeReadableBytes({ self.validator.consume($0) }) else { throw .invalidUTF8 }
            }
            // A validator that stopped between two characters is as good as new.
            guard self.validator.isComplete else { throw .invalidUTF8 }
            return .text(body)
        }
    }

    private mutating func inflatePayload(shared: SharedDeflate) throws(ProtocolViolation) -> ByteBuffer {
        var compressed = Self.take(&self.payload)
        defer { shared.giveBack(compressed) }
        do throws(CompressionFailure) {
            guard let windowBits = self.ownWindowBits else {
                return try shared.inflate(&compressed, limit: self.maxMessageBytes)
            }
            if self.inflater == nil { self.inflater = try Inflater(windowBits: windowBits) }
            return try self.inflater!.inflate(&compressed, limit: self.maxMessageBytes)
        } catch {
            throw error.violation
        }
    }

    /// Lets go of all memory: the connection may linger until the peer drops it.
    private mutating func finish() {
        self.state = .finished
        self.payload = ByteBuffer()
        self.controlPayload = ByteBuffer()
        self.inflater = nil
    }

    private static func take(_ buffer: inout ByteBuffer) -> ByteBuffer {
        let taken = buffer
        buffer = ByteBuffer()
        return taken
    }
}
