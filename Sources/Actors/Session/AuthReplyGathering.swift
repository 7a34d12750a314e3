import Domain
import NIOCore
import Synchronization
import Wire

/// Waits for the joins within an `auth`, then sends its one reply and lets the socket go on.
final class AuthReplyGathering: Sendable {
    private struct State {
        var expected: Int?
        var parts: [RoomID: Result<JoinReply, HubError>] = [:]
    }

    private let request: AttachRequest
    private let session: SessionActor
    private let state = Mutex(State())

    init(request: AttachRequest, session: SessionActor) {
        self.request = request
        self.session = session
    }

    /// Says how many joins were started; to be called once, before any of them answers or after.
    func expect(_ count: Int) {
        finishIfComplete { $0.expected = count }
    }

    func took(_ room: RoomID, _ result: Result<JoinReply, HubError>) {
        finishIfComplete { $0.parts[room] = result }
    }

    private func finishIfComplete(_ change: (inout State) -> Void) {
        let parts = state.withLock { state in
            change(&state)
            return state.expected == state.parts.count ? state.parts : nil
        }
        guard let parts else { return }
        let acceptance = Acceptance(
            session: session,
            connection: request.connection.id,
            expiresAt: request.expiresAt,
            reply: request.replyID.map { reply($0, parts) }
        )
        request.connection.lane.post(.accepted(request.connection.socket, acceptance))
    }

    private func reply(_ id: Int64, _ parts: [RoomID: Result<JoinReply, HubError>]) -> ByteBuffer {
        Reply.ok(id) { writer in
            writer.beginObject()
            writeGreeting(into: &writer)
            writer.key("rooms")
            writer.beginObject()
            for (room, part) in parts {
                writer.key(room)
                switch part {
                case .success(let reply):
                    reply.write(for: request.principal.audience, into: &writer)
                case .failure(let error):
                    writer.beginObject()
                    writer.key("err")
                    Reply.write(error, into: &writer)
                    writer.endObject()
                }
            }
            writer.endObject()
            writer.endObject()
        }
    }

    private func writeGreeting(into writer: inout JSONWriter) {
        switch request.identity {
        case .staff(let user, let family, _, let expiresIn):
            writer.key("user")
            UserEncoder.write(user, into: &writer)
            writer.key("session")
            writer.id(family)
            writer.key("expires_ms")
            writer.integer(expiresIn.milliseconds)
            writer.key("features")
            writer.value(.array(session.environment.help.isOn ? ["help"] : []))
        case .visitor(let visitor, let token):
            writer.key("visitor")
            writer.id(visitor.id)
            writer.key("token")
            writer.string(token)
            writer.key("room")
            writer.id(visitor.room)
            writer.key("name")
            writer.string(visitor.participant.name)
            writer.key("verified")
            writer.bool(visitor.verifiedUserID != nil)
        }
    }
}
