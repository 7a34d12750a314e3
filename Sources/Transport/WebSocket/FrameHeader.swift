/// The part of a client frame before its payload, checked against RFC 6455 section 5.2.
struct FrameHeader: Equatable, Sendable {
    /// The most bytes a client frame spends before its payload: 2 fixed, 8 of length, 4 of mask.
    static let maxBytes = 14
    /// The most bytes of payload in a control frame (section 5.5).
    static let maxControlPayloadBytes = 125

    let opcode: FrameOpcode
    /// FIN: the last frame of its message.
    let isFinal: Bool
    /// RSV1 as permessage-deflate uses it: the first frame of a compressed message.
    let isCompressed: Bool
    let payloadBytes: Int
}
