import Domain
import HubTestKit
import NIOCore

@testable import Wire

extension ClientFrame {
    /// Reads a frame from text, as it came from a socket.
    init(text: String) {
        self.init(ByteBuffer(string: text))
    }

    var command: ClientCommand? {
        if case .command(let command, _) = self { command } else { nil }
    }

    var error: HubError? {
        if case .malformed(let error, _) = self { error } else { nil }
    }
}

/// The ids that frames of these tests name.
enum Named {
    static let room = RoomID.sample(1)
    static let user = UserID.sample(2)
    static let team = TeamID.sample(3)
    static let file = AttachmentID.sample(4)
}
