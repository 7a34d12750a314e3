package import Domain

/// Writes events as the wire contract shows them; sockets, REST and SSE share it.
package enum EventEncoder {
    /// What a customer is told instead of a staff member's id.
    static let agentID = "agent"

    /// The JSON object of one durable event.
    package static func write(_ event: RoomEvent, for audience: Audience, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("ev")
        writer.string(event.content.kind.rawValue)
        writer.key("room")
        writer.id(event.room)
        writer.key("seq")
        writer.integer(event.seq.value)
        writer.key("at")
        writer.string(event.at.rfc3339)
        writer.key("by")
        write(event.author, for: audience, into: &writer)
        if case .status = event.content {
            // Nobody's write: there is nothing to match it with.
        } else {
            writer.key("mid")
            writer.string(event.mid.text)
        }
        if let anchor = event.anchor {
            writer.key("anchor")
            writer.integer(anchor.value)
        }
        write(event.content, for: audience, into: &writer)
        writer.endObject()
    }

    package static func write(_ who: Participant, for audience: Audience, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("kind")
        writer.string(who.kind.rawValue)
        writer.key("id")
        writer.string(audience == .customer && who.kind == .staff ? agentID : who.id)
        writer.key("name")
        writer.string(who.name)
        writer.endObject()
    }

    private static func write(_ content: EventContent, for audience: Audience, into writer: inout JSONWriter) {
        switch content {
        case .message(let body, let replyTo):
            writer.key("kind")
            writer.string(body.kind.rawValue)
            write(body, into: &writer)
            if let replyTo {
                writer.key("reply_to")
                writer.integer(replyTo.value)
            }
        case .edit(let target, let body):
            writeTarget(target, into: &writer)
            write(body, into: &writer)
        case .deletion(let target):
            writeTarget(target, into: &writer)
        case .reaction(let target, let emoji, let on):
            writeTarget(target, into: &writer)
            writer.key("emoji")
            writer.string(emoji)
            writer.key("on")
            writer.bool(on)
        case .status(let target, let state, let problem):
            writeTarget(target, into: &writer)
            writer.key("state")
            writer.string(state.rawValue)
            if state == .failed {
                writer.key("err")
                writer.string(problem ?? "")
            }
        case .assignment(let assignee, let epoch):
            writer.key("to")
            write(assignee, for: audience, into: &writer)
            writer.key("epoch")
            writer.integer(epoch)
        case .state(let state, let until):
            writer.key("state")
            writer.string(state.rawValue)
            if let until {
                writer.key("until")
                writer.string(until.rfc3339)
            }
        case .membership(let change, let who):
            writer.key("change")
            writer.string(change.rawValue)
            writer.key("who")
            write(who, for: audience, into: &writer)
        case .labels, .clock, .survey, .rating, .run:
            // As the log keeps them.
            guard case .object(let members) = content.json else { return }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                writer.key(name)
                writer.value(value)
            }
        }
    }

    private static func write(_ body: MessageBody, into writer: inout JSONWriter) {
        writer.key("body")
        writer.value(body.json)
    }

    private static func writeTarget(_ target: SequenceNumber, into writer: inout JSONWriter) {
        writer.key("target")
        writer.integer(target.value)
    }

    static func write(_ assignee: Assignee?, for audience: Audience, into writer: inout JSONWriter) {
        guard let assignee else {
            writer.null()
            return
        }
        writer.beginObject()
        writer.key("kind")
        writer.string(assignee.kind)
        writer.key("id")
        writer.string(audience == .customer ? agentID : assignee.id)
        writer.key("name")
        writer.string(assignee.name)
        writer.endObject()
    }
}
