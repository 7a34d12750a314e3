/// Why a WebSocket is closed (RFC 6455 section 7.4).
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let normal = CloseCode(rawValue: 1000)
    package static let goingAway = CloseCode(rawValue: 1001)
    package static let protocolError = CloseCode(rawValue: 1002)
    package static let unsupportedData = CloseCode(rawValue: 1003)
    package static let invalidPayload = CloseCode(rawValue: 1007)
    package static let policyViolation = CloseCode(rawValue: 1008)
    package static let messageTooBig = CloseCode(rawValue: 1009)
    package static let internalError = CloseCode(rawValue: 1011)
    /// The peer was silent for too long: it shall come back at once and resume.
    package static let pingTimeout = CloseCode(rawValue: 4201)

    /// Whether the code may stand in a close frame.
    ///
    /// 1000–1003 and 1007–1011 are the RFC's, 1012–1014 are registered with IANA since, 3000–3999 belong to
    /// libraries and 4000–4999 to applications. 1004, 1005, 1006 and 1015 only ever exist inside a program.
    package var mayTravel: Bool {
        switch self.rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
