import Domain
import Wire

// What the session machine needs to know of frames and refusals.

extension ClientCommand {
    var frameKind: SessionMachine.FrameKind {
        switch self {
        case .authenticate: .auth
        case .ping: .ping
        case .join, .leave, .write, .read, .typing, .presence, .answerOffer, .cancel, .help, .stopHelp, .transfer,
            .history,
            .inbox, .search:
            .operation
        }
    }
}

extension HubError {
    /// Whether the client could have known better.
    var isClientsFault: Bool {
        switch code {
        case .badRequest, .unauthorized, .forbidden, .notFound, .notJoined, .tooLarge, .rateLimited, .midConflict,
            .conflict, .notEnough, .stale, .invalid, .keyReused:
            true
        case .busy, .unavailable, .internal: false
        }
    }
}
