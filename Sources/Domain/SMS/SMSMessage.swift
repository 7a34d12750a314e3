/// A short message that the shop sent to a phone, or got from one.
package struct SMSMessage: Sendable, Equatable {
    package enum Direction: String, Sendable, CaseIterable {
        case outgoing = "out"
        case incoming = "in"
    }

    package let id: SMSID
    /// Rises with everything that becomes known of how far it got.
    package var version: Int64
    package let direction: Direction
    /// Of the customer, in E.164.
    package let phone: String
    /// Whose phone it is now; nil for nobody's whom the shop knows.
    package var contact: ContactID?
    /// Where one that came was put before staff; nil for nowhere.
    package var conversation: RoomID?
    package let text: String
    /// Who sent it; nil for one that came.
    package let author: UserID?
    /// How far one that leaves got; nil for one that came.
    package var status: MessageStatus?
    /// Why it was not sent.
    package var problem: OutboxProblem?
    package let createdAt: Timestamp

    package init(
        id: SMSID,
        version: Int64 = 1,
        direction: Direction,
        phone: String,
        contact: ContactID? = nil,
        conversation: RoomID? = nil,
        text: String,
        author: UserID? = nil,
        status: MessageStatus? = nil,
        problem: OutboxProblem? = nil,
        createdAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.direction = direction
        self.phone = phone
        self.contact = contact
        self.conversation = conversation
        self.text = text
        self.author = author
        self.status = status
        self.problem = problem
        self.createdAt = createdAt
    }
}

extension SMSMessage: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "sms", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "direction": .string(direction.rawValue),
            "phone": .string(phone),
            "contact": .optional(contact?.text),
            "conversation": .optional(conversation?.text),
            "text": .string(text),
            "segments": .integer(Int64(SMSText(text).segments)),
            "author": .optional(author?.text),
            "status": .optional(status?.rawValue),
            "problem": .optional(problem?.text),
            "created_at": .string(createdAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] { document.hiding(["phone", "text"]) }
}
