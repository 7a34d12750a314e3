import NIOCore

@testable import Transport

/// Feeds an assembler and gathers what it says.
enum Transcript {
    static func limits(frame: Int = 65_536, message: Int = 65_536) -> SocketLimits {
        var limits = SocketLimits()
        limits.maxFrameBytes = frame
        limits.maxMessageBytes = message
        return limits
    }

    /// The events of a stream of bytes that arrives in portions of `portion` bytes (0: all at once).
    static func events(
        _ bytes: [UInt8],
        portion: Int = 0,
        limits: SocketLimits = SocketLimits(),
        deflate: DeflateParameters? = nil,
        acceptsBinary: Bool = true
    ) throws -> [InboundEvent] {
        var assembler = MessageAssembler(limits: limits, deflate: deflate, acceptsBinary: acceptsBinary)
        let shared = try SharedDeflate()
        var events: [InboundEvent] = []
        var rest = bytes[...]
        repeat {
            var input = ByteBuffer(bytes: rest.prefix(portion == 0 ? rest.count : portion))
            rest = rest.dropFirst(input.readableBytes)
            while let event = assembler.next(from: &input, shared: shared) { events.append(event) }
            precondition(input.readableBytes == 0, "the assembler left bytes unused")
        } while !rest.isEmpty
        return events
    }

    static func events(
        _ frames: [ClientFrame],
        portion: Int = 0,
        limits: SocketLimits = SocketLimits(),
        deflate: DeflateParameters? = nil,
        acceptsBinary: Bool = true
    ) throws -> [InboundEvent] {
        try Self.events(
            frames.flatMap(\.bytes),
            portion: portion,
            limits: limits,
            deflate: deflate,
            acceptsBinary: acceptsBinary
        )
    }
}

extension DeflateParameters {
    static let shared = DeflateParameters(serverNoContextTakeover: true, clientNoContextTakeover: true)
    static let takeover = DeflateParameters(serverNoContextTakeover: false, clientNoContextTakeover: false)
}

extension InboundEvent {
    static func text(_ text: String) -> InboundEvent { .text(ByteBuffer(string: text)) }
    static func ping(_ bytes: [UInt8]) -> InboundEvent { .ping(ByteBuffer(bytes: bytes)) }
    static func pong(_ bytes: [UInt8]) -> InboundEvent { .pong(ByteBuffer(bytes: bytes)) }
    static func binary(_ bytes: [UInt8]) -> InboundEvent { .binary(ByteBuffer(bytes: bytes)) }
}
