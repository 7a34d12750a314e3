/// What a peer did that ends the connection, with the close code it earns.
package enum ProtocolViolation: Error, Hashable, Sendable, CaseIterable {
    case reservedBits
    case reservedOpcode
    case unmaskedFrame
    case fragmentedControl
    case oversizedControl
    case lengthNotMinimal
    case lengthOutOfRange
    case nothingToContinue
    case messageNotFinished
    case closePayloadTooShort
    case closeCodeInvalid
    case closeReasonInvalid
    case binaryRefused
    case invalidUTF8
    case corruptCompression
    case frameTooLarge
    case messageTooLarge
    /// Not the peer's fault: there was no memory for zlib's state.
    case outOfMemory

    package var code: CloseCode {
        switch self {
        case .reservedBits, .reservedOpcode, .unmaskedFrame, .fragmentedControl, .oversizedControl, .lengthNotMinimal,
            .lengthOutOfRange, .nothingToContinue, .messageNotFinished, .closePayloadTooShort, .closeCodeInvalid:
            .protocolError
        case .binaryRefused: .unsupportedData
        case .invalidUTF8, .closeReasonInvalid, .corruptCompression: .invalidPayload
        case .frameTooLarge, .messageTooLarge: .messageTooBig
        case .outOfMemory: .internalError
        }
    }

    /// The reason sent in the close frame: it tells the client's developer what to change.
    package var reason: String {
        switch self {
        case .reservedBits: "RSV bits must be 0 unless an extension gives them a meaning"
        case .reservedOpcode: "reserved opcode"
        case .unmaskedFrame: "client frames must be masked"
        case .fragmentedControl: "control frames must not be fragmented"
        case .oversizedControl: "control frames carry at most 125 bytes"
        case .lengthNotMinimal: "the payload length must use the shortest form"
        case .lengthOutOfRange: "the most significant bit of a payload length must be 0"
        case .nothingToContinue: "a continuation frame needs a message to continue"
        case .messageNotFinished: "finish the fragmented message before starting another"
        case .closePayloadTooShort: "a close payload is empty or has at least 2 bytes"
        case .closeCodeInvalid: "this close code must not be sent"
        case .closeReasonInvalid: "a close reason must be UTF-8"
        case .binaryRefused: "send text frames, binary is not accepted here"
        case .invalidUTF8: "text must be UTF-8"
        case .corruptCompression: "the compressed message cannot be inflated"
        case .frameTooLarge: "the frame is larger than allowed"
        case .messageTooLarge: "the message is larger than allowed"
        case .outOfMemory: "out of memory, come back later"
        }
    }

    /// The frame that tells the peer.
    package var closeFrame: CloseFrame { CloseFrame(self.code, self.reason) }
}
