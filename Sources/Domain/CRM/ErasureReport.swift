/// How much of a person was overwritten.
package struct ErasureReport: Sendable, Equatable {
    /// The contact, and those that were merged into it.
    package let contacts: [ContactID]
    package let leads: Int64
    package let deals: Int64
    package let notes: Int64
    package let conversations: Int64
    /// Messages and their edits.
    package let messages: Int64
    /// Files that were sent in the conversations.
    package let files: Int64

    package init(
        contacts: [ContactID],
        leads: Int64,
        deals: Int64,
        notes: Int64,
        conversations: Int64,
        messages: Int64,
        files: Int64
    ) {
        self.contacts = contacts
        self.leads = leads
        self.deals = deals
        self.notes = notes
        self.conversations = conversations
        self.messages = messages
        self.files = files
    }

    package var document: [String: JSONValue] {
        [
            "contacts": .array(contacts.map { .string($0.text) }),
            "leads": .integer(leads),
            "deals": .integer(deals),
            "notes": .integer(notes),
            "conversations": .integer(conversations),
            "messages": .integer(messages),
            "files": .integer(files),
        ]
    }

    /// What stands in the place of what was erased, in the log of a room and in deals.
    package static let placeholder = "[حُذفت]"
}
