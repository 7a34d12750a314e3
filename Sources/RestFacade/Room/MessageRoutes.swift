import Actors
import Domain
import HTTPTypes
import Hummingbird
import Wire

/// What staff write into rooms over plain HTTP: by the same rules as over a socket, and into the same log.
struct MessageRoutes: EndpointGroup {
    let gateway: any RoomGateway
    let attachments: any AttachmentStore

    let title = "Messages"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/rooms/{room}/messages", id: "sendMessage",
                summary: "Send a message; in a conversation it goes to the customer's channel.",
                right: .chat, body: .json(MessageDescription.message), isOnce: true,
                answers: [
                    .init(status: .created, note: "It stands in the log.", content: .json(MessageDescription.written)),
                    .problem(.conflict, MessageDescription.refusals),
                    .problem(.contentTooLarge, "Its text is too long."),
                ],
                run: send),
            Endpoint(
                method: .delete, path: "/rooms/{room}/messages/{seq}", id: "deleteMessage",
                summary: "Delete a message; what has not left for another channel is not sent any more.",
                right: .chat, answers: [.init(status: .noContent, note: "It is deleted.")], run: delete),
            Endpoint(
                method: .post, path: "/rooms/{room}/messages/{seq}/reactions", id: "reactToMessage",
                summary: "Set or take back a reaction to a message.",
                right: .chat, body: .json(MessageDescription.reaction), isOnce: true,
                answers: [
                    .init(status: .created, note: "It stands in the log.", content: .json(MessageDescription.written)),
                    .problem(.conflict, MessageDescription.refusals),
                ],
                run: react),
            Endpoint(
                method: .post, path: "/rooms/{room}/read", id: "markRead",
                summary: "Mark a room as read; a customer on WhatsApp sees it, and that somebody is writing.",
                right: .chat, body: .json(MessageDescription.reading),
                answers: [.init(status: .ok, note: "How far.", content: .json(MessageDescription.read))], run: read),
        ]
    }

    // MARK: Writing

    private func send(_ call: Call) async throws -> Response {
        let reader = call.body.reader
        let author = call.caller.user.participant
        let content: EventContent
        switch try WriteRequest(sending: reader) {
        case .text(let body, let replyTo), .template(let body, let replyTo), .interactive(let body, let replyTo):
            content = .message(body, replyTo: replyTo)
        case .file(let attachment, let caption, let replyTo):
            let file = try await attachments.reference(attachment, of: author, caption: caption)
            content = .message(.file(file), replyTo: replyTo)
        case .choice, .edit, .delete, .react, .assign, .state:
            throw HubError(.internal, "A message was read as another write.")
        }
        return try await write(content, try WriteBasis(reader), call)
    }

    private func delete(_ call: Call) async throws -> Response {
        let draft = draft(.deletion(target: try Self.seq(call)), .unsaid, call)
        _ = try await append(draft, to: try call.id("room"), call)
        return Response(status: .noContent)
    }

    private func react(_ call: Call) async throws -> Response {
        var members = call.body.values
        members["target"] = .integer(try Self.seq(call).value)
        guard case .react(let target, let emoji, let isOn) = try WriteRequest(reacting: ObjectReader(members: members))
        else { throw HubError(.internal, "A reaction was read as another write.") }
        return try await write(.reaction(target: target, emoji: emoji, on: isOn), .unsaid, call)
    }

    private func write(_ content: EventContent, _ basis: WriteBasis, _ call: Call) async throws -> Response {
        let room: RoomID = try call.id("room")
        let draft = draft(content, basis, call)
        let receipt: WriteReceipt
        do {
            receipt = try await append(draft, to: room, call)
        } catch let error as HubError where error.code == .midConflict && call.repetition != nil {
            throw HubError(.keyReused, "this Idempotency-Key was used for another request: take a new one")
        }
        var response = Response.json(.created) { writer in
            writer.beginObject()
            writer.key("room")
            writer.id(room)
            writer.key("seq")
            writer.integer(receipt.seq.value)
            writer.key("at")
            writer.string(receipt.at.rfc3339)
            writer.key("mid")
            writer.string(draft.mid.text)
            writer.endObject()
        }
        if receipt.isDuplicate { response.headers[.idempotentReplayed] = "true" }
        return response
    }

    private func append(_ draft: Draft, to room: RoomID, _ call: Call) async throws -> WriteReceipt {
        try await gateway.authorize(.staff(call.caller.user), in: room)
        return try await gateway.append(draft, to: room)
    }

    private func draft(_ content: EventContent, _ basis: WriteBasis, _ call: Call) -> Draft {
        let principal = Principal.staff(call.caller.user)
        return Draft(
            author: principal.participant,
            // The log itself keeps a key from being used twice, so nothing can come between the two.
            mid: call.repetition.map { .keyed($0.key) } ?? .fresh(),
            content: content,
            isModerator: principal.isModerator,
            basis: basis
        )
    }

    private static func seq(_ call: Call) throws -> SequenceNumber {
        guard let number = Int64(try call.context.parameters.require("seq")), number > 0 else {
            throw HubError.notFound("there is no such message")
        }
        return SequenceNumber(number)
    }

    // MARK: Reading

    private func read(_ call: Call) async throws -> Response {
        let room: RoomID = try call.id("room")
        let reader = call.body.reader
        let seq = try reader.sequence("upto", allowingZero: true)
        let principal = Principal.staff(call.caller.user)
        try await gateway.authorize(principal, in: room)
        let marker = try await gateway.markRead(
            upTo: seq, by: principal.participant, isTyping: try reader.bool("typing", default: false), in: room)
        return .json { writer in
            writer.beginObject()
            writer.key("upto")
            writer.integer(marker.value)
            writer.endObject()
        }
    }
}

extension MID {
    /// The name of a write that a client gave a key to; different keys give different names.
    fileprivate static func keyed(_ key: String) -> MID {
        if let mid = MID("key:\(key)") { return mid }
        // Too long, or not plain: 128 bits of it, which never look like the above.
        let parts = [ContentHash.text(of: key.utf8), ContentHash.text(of: key.utf8.reversed())]
        return MID("hash:" + parts.joined(separator: ".")) ?? .fresh()
    }
}
