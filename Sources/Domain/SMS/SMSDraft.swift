/// What staff want sent to a contact's phone.
package struct SMSDraft: Sendable, Equatable {
    package let id: SMSID
    package let entry: OutboxEntryID
    package let contact: ContactID
    /// One of the contact's; nil for the only one.
    package let phone: String?
    package let text: String
    package let author: UserID

    /// Throws `invalid` for a text that is empty or too long, and for what is no number.
    package init(
        id: SMSID,
        entry: OutboxEntryID,
        contact: ContactID,
        phone: String?,
        text: String,
        author: UserID
    ) throws(HubError) {
        let measured = SMSText(text)
        var problems: [FieldProblem] = []
        if measured.segments == 0 { problems.append(FieldProblem("/text", "required", "is empty")) }
        if measured.isTooLong {
            problems.append(
                FieldProblem("/text", "mismatch", "takes at most \(SMSText.maxLength) characters: send several"))
        }
        let number = phone.map { ContactIdentity(.phone, $0)?.value }
        if case .some(nil) = number {
            problems.append(FieldProblem("/phone", "mismatch", ContactIdentity.form(of: .phone)))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.id = id
        self.entry = entry
        self.contact = contact
        self.phone = number ?? nil
        self.text = text
        self.author = author
    }

    /// Which phone of the contact it goes to. Throws `invalid` when that is not clear.
    package func recipient(of contact: CRMContact) throws(HubError) -> String {
        let phones = contact.identities.filter { $0.kind == .phone }.map(\.value)
        if let phone {
            guard phones.contains(phone) else {
                throw .invalid([FieldProblem("/phone", "conflict", "is no phone of the contact")])
            }
            return phone
        }
        guard let only = phones.first else {
            throw .invalid([FieldProblem("/contact", "conflict", "has no phone: add one first")])
        }
        guard phones.count == 1 else {
            throw .invalid([FieldProblem("/phone", "conflict", "the contact has several phones: say which")])
        }
        return only
    }
}

/// What a message says when it leaves.
package struct SMSLetter: Sendable, Equatable {
    package let text: String
    /// Names at the provider of other messages to this phone: none of them is this one.
    package let known: Set<String>

    package init(text: String, known: Set<String>) {
        self.text = text
        self.known = known
    }
}

/// A message that somebody sent to the shop.
package struct ReceivedSMS: Sendable, Equatable {
    package let id: SMSID
    /// The provider's name for it: told twice, it is kept once.
    package let providerID: String
    package let phone: String
    package let text: String
    package let at: Timestamp

    package init(id: SMSID, providerID: String, phone: String, text: String, at: Timestamp) {
        self.id = id
        self.providerID = providerID
        self.phone = phone
        self.text = text
        self.at = at
    }
}
