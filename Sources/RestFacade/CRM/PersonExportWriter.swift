import Domain
import Hummingbird
import NIOCore
import Wire

/// Writes a person's data as one JSON document, the messages page by page, so that none is too long for memory.
struct PersonExportWriter: Sendable {
    let export: PersonExport
    let rooms: any RoomStore

    /// Events that are read at once.
    private static let pageLength = 500

    @concurrent
    func write(into body: inout any ResponseBodyWriter) async throws {
        try await body.write(.json(head))
        for (index, conversation) in conversations.enumerated() {
            if index > 0 { try await body.write(ByteBuffer(string: ",")) }
            try await write(conversation, into: &body)
        }
        try await body.write(ByteBuffer(string: "]}"))
    }

    /// A conversation and whom it serves.
    private struct Conversation {
        let key: String
        let customer: [String: JSONValue]
        let room: RoomID
    }

    private var conversations: [Conversation] {
        export.visitors.map { Conversation(key: "visitor", customer: Self.document(of: $0), room: $0.room) }
            + export.people.map { Conversation(key: "whatsapp", customer: Self.document(of: $0), room: $0.room) }
    }

    /// Everything before the first conversation.
    private func head(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("contact")
        writer.value(.object(export.contact.document))
        let lists: [(String, [[String: JSONValue]])] = [
            ("merged", export.merged.map(\.document)), ("notes", export.notes.map(\.document)),
            ("leads", export.leads.map(\.document)), ("deals", export.deals.map(\.document)),
            ("deal_moves", export.moves.map(\.document)), ("codes", export.codes.map(\.document)),
            ("goals", export.goals.map(\.document)), ("check_ins", export.checkIns.map(\.document)),
            ("enrolments", export.enrolments.map(\.document)), ("orders", export.orders.map(\.document)),
            ("callbacks", export.callbacks.map(\.document)),
            ("sms", export.sms.map(\.document)),
        ]
        for (name, documents) in lists {
            writer.key(name)
            writer.value(.array(documents.map(JSONValue.object)))
        }
        writer.key("order_numbers")
        writer.value(.array(export.orderNumbers.map(JSONValue.string)))
        writer.key("conversations")
        writer.beginArray()
    }

    /// A conversation, and what staff wrote beside it.
    @concurrent
    private func write(_ conversation: Conversation, into body: inout any ResponseBodyWriter) async throws {
        try await body.write(
            .json { writer in
                writer.beginObject()
                writer.key(conversation.key)
                writer.value(.object(conversation.customer))
                writer.key("room")
                writer.string(conversation.room.text)
                writer.key("events")
                writer.beginArray()
            })
        try await writeEvents(of: conversation.room, into: &body)
        try await body.write(ByteBuffer(string: #"],"side_events":["#))
        if let side = try await rooms.room(conversation.room)?.conversation?.side {
            try await writeEvents(of: side, into: &body)
        }
        try await body.write(ByteBuffer(string: "]}"))
    }

    @concurrent
    private func writeEvents(of room: RoomID, into body: inout any ResponseBodyWriter) async throws {
        var last = SequenceNumber.zero
        while true {
            let events = try await rooms.events(of: room, after: last, limit: Self.pageLength)
            guard let newest = events.last else { return }
            var text = ByteBuffer()
            for event in events {
                if event.seq != events[0].seq || last > .zero { text.writeStaticString(",") }
                text.writeImmutableBuffer(.json { EventEncoder.write(event, for: .staff, into: &$0) })
            }
            try await body.write(text)
            last = newest.seq
        }
    }

    private static func document(of visitor: Visitor) -> [String: JSONValue] {
        [
            "id": .string(visitor.id.text),
            "name": .optional(visitor.profile.name),
            "email": .optional(visitor.profile.email),
            "phone": .optional(visitor.profile.phone),
            "locale": .optional(visitor.profile.locale),
            "page": .optional(visitor.profile.page),
            "user_id": .optional(visitor.verifiedUserID),
            "created_at": .string(visitor.createdAt.rfc3339),
        ]
    }

    private static func document(of person: WhatsAppIdentity) -> [String: JSONValue] {
        [
            "id": .string(person.id.text),
            "name": .optional(person.name),
            "username": .optional(person.username),
            "user_id": .optional(person.userID),
            "phone": .optional(person.phone),
            "marketing": .string(person.stoppedMarketing ? "stop" : "resume"),
            "last_message_at": .optional(person.lastInboundAt),
        ]
    }
}
