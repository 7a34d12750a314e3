package import Domain

/// What tools know of the customer of a conversation, without asking the model.
package struct CustomerBook: Sendable {
    private let contacts: any ContactStore
    private let conversations: any ConversationStore

    package init(contacts: any ContactStore, conversations: any ConversationStore) {
        self.contacts = contacts
        self.conversations = conversations
    }

    struct Customer: Sendable {
        /// Nil while it is not sure who they are.
        let contact: ContactID?
        /// Nil when they gave none.
        let name: String?
        /// As the channel, the site or they themselves told it; E.164.
        let phone: String?
        let team: TeamID?
        let side: RoomID
        let language: String?
    }

    /// Throws `not_found` for what is no conversation.
    func customer(in room: RoomID) async throws -> Customer {
        guard let summary = try await conversations.summaries(of: [room]).first else {
            throw HubError.notFound("there is no such conversation")
        }
        let contact = try await contacts.contact(inConversation: room)
        var known: CRMContact?
        if let contact { known = try await contacts.contact(contact, scope: .everything) }
        let own = summary.contact
        let name = own.participant.name == Visitor.nameless ? nil : own.participant.name
        return Customer(
            contact: contact,
            name: known?.name ?? name,
            phone: known?.identities.first { $0.kind == .phone }?.value ?? own.phone.flatMap(Self.phone),
            team: summary.conversation.team,
            side: summary.conversation.side,
            language: own.locale
        )
    }

    /// A number as customers of the shop write it: `0501234567` is one of the shop's country.
    static func phone(_ text: String) -> String? {
        if let identity = ContactIdentity(.phone, text) { return identity.value }
        // Digits of any script, without what stands between them.
        let digits = SearchText.fold(text).filter { $0 != " " }
        if let identity = ContactIdentity(.phone, "+\(digits)"), !digits.hasPrefix("0") { return identity.value }
        guard digits.utf8.count == 10, digits.hasPrefix("05") else { return nil }
        return ContactIdentity(.phone, "+966\(digits.dropFirst())")?.value
    }
}
