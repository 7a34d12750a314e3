/// What a member of staff wrote down about a contact.
package struct ContactNote: Sendable, Equatable {
    package let id: ContactNoteID
    package let contact: ContactID
    package let text: String
    package let authorName: String
    package let createdAt: Timestamp

    package init(id: ContactNoteID, contact: ContactID, text: String, authorName: String, at moment: Timestamp) {
        self.id = id
        self.contact = contact
        self.text = text
        self.authorName = authorName
        createdAt = moment
    }
}

extension ContactNote: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "contact_note", id: id.text) }

    /// Notes are not changed.
    package var version: Int64 { 1 }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "contact": .string(contact.text),
            "text": .string(text),
            "by": .string(authorName),
            "created_at": .string(createdAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] { document.hiding(["text"]) }
}
