import Foundation

/// TwoCards Hub, spoken to as the widget does: each room is the conversation of one visitor.
///
/// The first member of a room comes without a token and makes the visitor; the others come with that
/// visitor's token, like further tabs of the same browser. Each has its own session and subscription.
struct HubTarget: Target {
    /// The `id` of the operations that bring a member in; publishing uses higher ones.
    private enum RequestID {
        static let auth = 1
        static let join = 2
        static let firstPublish = 10
    }

    private struct AuthReply: Decodable {
        struct Ok: Decodable {
            let token: String
            let room: String
            let rooms: [String: Joined]
        }

        struct Joined: Decodable {
            let head: Int
            let live: Bool
        }

        let ok: Ok
    }

    private struct ErrorReply: Decodable {
        struct Err: Decodable {
            let patience: Int?

            enum CodingKeys: String, CodingKey {
                case patience = "retry_ms"
            }
        }

        let re: Int?
        let err: Err
    }

    let greets = true

    func path(to room: Room) -> String {
        "/api/v1/chat/ws/public"
    }

    func hear(_ message: String, in room: inout Room, received: UInt32) throws(LoadError) -> Hearing {
        if message.hasPrefix(#"{"ev":"hello""#) {
            return .say(auth(room, received: received))
        }
        if message.hasPrefix(#"{"re":"#), message.contains(#""err":"#) {
            return refusal(message, room, received: received)
        }
        if message.hasPrefix(#"{"re":\#(RequestID.auth),"#) {
            if room.identity == nil {
                room.identity = try identity(in: message)
            }
            return message.contains(#""live":true"#) ? .live : .say(join(room, received: received))
        }
        if message.hasPrefix(#"{"re":\#(RequestID.join),"#) {
            return message.contains(#""live":true"#) ? .live : .say(join(room, received: received))
        }
        if message.contains(#""ev":"behind""#) {
            return .behind(join(room, received: received))
        }
        let deltas = message.ranges(of: #""ev":"delta""#).count
        return deltas > 0 ? .deltas(deltas) : .ignore
    }

    func publish(_ text: String, number: UInt32, in room: Room) -> String {
        """
        {"op":"send","id":\(Int(number) + RequestID.firstPublish),"room":"\(room.identity?.id ?? "")",\
        "mid":"l\(number)","kind":"text","body":{"text":"\(text)"}}
        """
    }

    /// A member that comes in does what the protocol says: the same again after `retry_ms`.
    private func refusal(_ message: String, _ room: Room, received: UInt32) -> Hearing {
        guard let reply = try? JSONDecoder().decode(ErrorReply.self, from: Data(message.utf8)),
            let patience = reply.err.patience
        else { return .refused(message) }
        switch reply.re {
        case RequestID.auth: return .retry(auth(room, received: received), milliseconds: patience)
        case RequestID.join: return .retry(join(room, received: received), milliseconds: patience)
        default: return .refused(message)
        }
    }

    private func auth(_ room: Room, received: UInt32) -> String {
        guard let identity = room.identity else {
            return #"{"op":"auth","id":\#(RequestID.auth),"profile":{"name":"Load"}}"#
        }
        return """
            {"op":"auth","id":\(RequestID.auth),"token":"\(identity.token)",\
            "rooms":{"\(identity.id)":\(identity.head + Int(received))}}
            """
    }

    private func join(_ room: Room, received: UInt32) -> String {
        let identity = room.identity
        return """
            {"op":"join","id":\(RequestID.join),"room":"\(identity?.id ?? "")",\
            "after":\((identity?.head ?? 0) + Int(received)),"limit":500}
            """
    }

    private func identity(in message: String) throws(LoadError) -> Room.Identity {
        guard let reply = try? JSONDecoder().decode(AuthReply.self, from: Data(message.utf8)),
            let joined = reply.ok.rooms[reply.ok.room]
        else {
            throw LoadError("the hub's answer to auth is not understood: \(message)")
        }
        return Room.Identity(id: reply.ok.room, token: reply.ok.token, head: joined.head)
    }
}
