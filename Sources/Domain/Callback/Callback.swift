/// The shop's promise to call somebody at a time.
package struct Callback: Versioned, Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case planned
        /// Somebody called. Final.
        case done
        /// Can become: `planned`.
        case cancelled

        package var next: [State] {
            switch self {
            case .planned: [.done, .cancelled]
            case .done: []
            case .cancelled: [.planned]
            }
        }
    }

    package enum Origin: String, Sendable, CaseIterable {
        case staff, assistant
    }

    package let id: CallbackID
    /// Rises with every change.
    package var version: Int64
    package var contact: ContactID?
    /// Where it was agreed.
    package var conversation: RoomID?
    package var name: String?
    /// E.164.
    package var phone: String
    /// When the shop calls.
    package var dueAt: Timestamp
    /// What it is about.
    package var topic: String?
    /// What came of it.
    package var outcome: String?
    package private(set) var state: State
    /// Who calls; nil for whoever can.
    package var owner: UserID?
    package let origin: Origin
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A new one, to be filled in.
    package init(id: CallbackID, by origin: Origin, at moment: Timestamp) {
        self.init(id: id, state: .planned, by: origin, createdAt: moment)
    }

    /// As it was stored.
    package init(id: CallbackID, state: State, by origin: Origin, createdAt: Timestamp) {
        self.id = id
        version = 1
        phone = ""
        dueAt = createdAt
        self.state = state
        self.origin = origin
        self.createdAt = createdAt
        changedAt = createdAt
    }

    /// Throws `conflict` for a step that is none.
    package mutating func move(to next: State) throws(HubError) {
        guard next != state else { return }
        guard state.next.contains(next) else {
            throw .conflict("a call-back that is \(state.rawValue) does not become \(next.rawValue)")
        }
        state = next
    }

    /// Brings the phone into its one form. Throws `invalid` for what is none.
    package mutating func check() throws(HubError) {
        guard let identity = ContactIdentity(.phone, phone) else {
            throw .invalid([FieldProblem("/phone", "mismatch", ContactIdentity.form(of: .phone))])
        }
        phone = identity.value
    }

    /// What a search finds it by.
    package var searchText: String { [name, phone, topic].compactMap(\.self).joined(separator: " ") }
}

extension Callback: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "callback", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "contact": .optional(contact?.text),
            "conversation": .optional(conversation?.text),
            "name": .optional(name),
            "phone": .string(phone),
            "due_at": .string(dueAt.rfc3339),
            "topic": .optional(topic),
            "outcome": .optional(outcome),
            "state": .string(state.rawValue),
            "owner": .optional(owner?.text),
            "origin": .string(origin.rawValue),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] { document.hiding(["name", "phone", "topic", "outcome"]) }
}
