/// Why the hub closes a socket. The range of the code decides alone what a client does next:
/// 40xx stop, 41xx back off, 42xx come back at once.
package enum DisconnectReason: UInt16, Sendable, CaseIterable {
    case badToken = 4001
    case revoked = 4002
    case forbidden = 4003
    case tooManyConnections = 4006
    case overloaded = 4100
    case authTimeout = 4101
    case rateLimited = 4102
    case stalled = 4103
    case drain = 4200
    case pingTimeout = 4201
    case tokenExpired = 4202

    /// The reason text of the close frame.
    package var text: String {
        switch self {
        case .badToken: "bad_token"
        case .revoked: "revoked"
        case .forbidden: "forbidden"
        case .tooManyConnections: "too_many_connections"
        case .overloaded: "overloaded"
        case .authTimeout: "auth_timeout"
        case .rateLimited: "rate_limited"
        case .stalled: "stalled"
        case .drain: "drain"
        case .pingTimeout: "ping_timeout"
        case .tokenExpired: "token_expired"
        }
    }
}
