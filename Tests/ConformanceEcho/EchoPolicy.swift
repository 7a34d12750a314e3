import Transport

/// The ways in which the hub can be set to negotiate permessage-deflate.
enum EchoPolicy: String, CaseIterable {
    /// What the hub does by default: every message is compressed for itself.
    case shared
    /// Both sides remember earlier messages, each connection has streams of its own.
    case takeover

    static let limits: SocketLimits = {
        var limits = SocketLimits()
        // The suite's largest messages have 16 MiB.
        limits.maxFrameBytes = 16 << 20
        limits.maxMessageBytes = 16 << 20
        return limits
    }()

    static let paths = Self.allCases.map(\.path)

    init?(path: String) {
        guard let policy = Self.allCases.first(where: { $0.path == path }) else { return nil }
        self = policy
    }

    var path: String { "/" + rawValue }

    var deflate: DeflatePolicy {
        var policy = DeflatePolicy()
        switch self {
        case .shared: break
        case .takeover:
            policy.allowsServerContextTakeover = true
            policy.allowsClientContextTakeover = true
        }
        return policy
    }
}
