import Domain

/// Contacts as their tables store them.
enum ContactRow {
    /// Of the table named `c`.
    static let columns = """
        c.id, c.created_ms, c.changed_ms, c.version, c.name, c.language, c.company, c.notes, c.labels, c.owner_id, \
        c.fields, c.merged_into, c.erased_ms
        """

    /// Without its identities.
    static func read(_ row: SQLRow) throws(HubError) -> CRMContact {
        var row = row.reader
        var contact = CRMContact(id: try row.text(ContactID.init), at: try row.moment())
        contact.changedAt = try row.moment()
        contact.version = try row.integer()
        contact.name = try row.text()
        contact.language = try row.optionalText()
        contact.company = try row.optionalText()
        contact.notes = try row.optionalText()
        contact.labels = try row.texts()
        contact.owner = try row.optionalText(UserID.init)
        contact.fields = try row.json().object?.compactMapValues(\.string) ?? [:]
        contact.mergedInto = try row.optionalText(ContactID.init)
        contact.erasedAt = try row.optionalMoment()
        return contact
    }

    /// In the order of `columns`, then the text to search.
    static func values(_ contact: CRMContact) -> [SQLValue] {
        [
            .id(contact.id), .moment(contact.createdAt), .moment(contact.changedAt), .integer(contact.version),
            .text(contact.name), .optional(contact.language), .optional(contact.company), .optional(contact.notes),
            .texts(contact.labels), .optional(contact.owner?.text),
            .json(.object(contact.fields.mapValues(JSONValue.string))), .optional(contact.mergedInto?.text),
            .optional(contact.erasedAt), .text(SearchText.fold(contact.searchText)),
        ]
    }

    /// Contacts with their identities, in the order of `rows`.
    static func read(_ rows: [SQLRow], _ session: any SQLSession) throws -> [CRMContact] {
        var contacts = try rows.map(read)
        guard !contacts.isEmpty else { return [] }
        var identities: [ContactID: [ContactIdentity]] = [:]
        for row in try session.execute(ofContacts.over(contacts.map { [.id($0.id)] })) {
            var row = row.reader
            let contact = try row.text(ContactID.init)
            identities[contact, default: []].append(try identity(&row))
        }
        for index in contacts.indices { contacts[index].setIdentities(identities[contacts[index].id] ?? []) }
        return contacts
    }

    /// Kind and value.
    static func identity(_ row: inout SQLRowReader) throws(HubError) -> ContactIdentity {
        let kind = try row.text(ContactIdentity.Kind.init)
        guard let identity = ContactIdentity(kind, try row.text()) else { throw row.unreadable }
        return identity
    }

    private static let ofContacts = SQLBulk(
        [.text("id")],
        "SELECT i.contact_id, i.kind, i.value FROM k CROSS JOIN crm_identities i WHERE i.contact_id = k.id"
    )
}
