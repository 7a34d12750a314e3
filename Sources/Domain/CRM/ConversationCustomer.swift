/// Who writes in a conversation, as far as the shop's contacts know.
package struct ConversationCustomer: Sendable, Equatable {
    /// What they are known by: a visitor of ours, or a number or user id of WhatsApp. Nil for one who was erased.
    package let identity: ContactIdentity?
    /// Whose it is; nil when nobody has it, or the contact is hidden.
    package let contact: CRMContact?

    package init(identity: ContactIdentity?, contact: CRMContact?) {
        self.identity = identity
        self.contact = contact
    }

    package var document: [String: JSONValue] {
        ["identity": identity?.json ?? .null, "contact": contact.map { .object($0.document) } ?? .null]
    }
}
