import NIOCore

/// What a close frame says: nothing at all, or a code and a reason.
package struct CloseFrame: Hashable, Sendable {
    /// The most bytes of UTF-8 a reason can have: a control frame's 125 without the code.
    package static let maxReasonBytes = 123

    /// Absent when the frame has no payload (a program would call that 1005).
    package let code: CloseCode?
    /// For logs and developers, never for users.
    package let reason: String

    package static let empty = CloseFrame(code: nil, reason: "")

    private init(code: CloseCode?, reason: String) {
        self.code = code
        self.reason = reason
    }

    package init(_ code: CloseCode, _ reason: String = "") {
        self.init(code: code, reason: reason)
    }

    /// Reads the unmasked payload of a received close frame (RFC 6455 sections 5.5.1 and 7.4).
    init(payload: ByteBuffer) throws(ProtocolViolation) {
        var payload = payload
        if payload.readableBytes == 0 {
            self = .empty
            return
        }
        guard let rawCode = payload.readInteger(as: UInt16.self) else { throw .closePayloadTooShort }
        let code = CloseCode(rawValue: rawCode)
        guard code.mayTravel else { throw .closeCodeInvalid }
        var validator = UTF8Validator()
        let isText = payload.withUnsafeReadableBytes { validator.consume($0) } && validator.isComplete
        guard isText else { throw .closeReasonInvalid }
        self.init(code: code, reason: String(buffer: payload))
    }
}
