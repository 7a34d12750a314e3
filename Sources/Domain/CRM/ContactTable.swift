/// Contacts as a table of text: its columns, and what a row of it says.
package enum ContactTable {
    /// The names in the header. Several values in a cell are divided by `;`.
    package enum Column: String, Sendable, CaseIterable {
        case id, name, language, company, labels, owner, notes, phone, whatsapp, email, visitor, zid
        /// A JSON object of texts.
        case fields
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        var identity: ContactIdentity.Kind? { ContactIdentity.Kind(rawValue: rawValue) }
    }

    /// What stands in the columns, in their order.
    package static func cells(of contact: CRMContact) -> [String?] {
        Column.allCases.map { cell($0, of: contact) }
    }

    private static func cell(_ column: Column, of contact: CRMContact) -> String? {
        switch column {
        case .id: contact.id.text
        case .name: contact.name
        case .language: contact.language
        case .company: contact.company
        case .labels: contact.labels.joined(separator: ";")
        case .owner: contact.owner?.text
        case .notes: contact.notes
        case .phone, .whatsapp, .email, .visitor, .zid:
            contact.identities.filter { $0.kind == column.identity }.map(\.value).joined(separator: ";")
        case .fields:
            contact.fields.isEmpty ? nil : JSONValue.object(contact.fields.mapValues(JSONValue.string)).text
        case .createdAt: contact.createdAt.rfc3339
        case .updatedAt: contact.changedAt.rfc3339
        }
    }

    /// One row of an import: the cells that are not empty.
    package struct Row: Sendable, Equatable {
        /// Where it begins, from 1 on.
        package let line: Int64
        let cells: [Column: String]

        /// Throws `invalid` for the first cell that says nothing that can be kept.
        package func identities() throws(HubError) -> [ContactIdentity] {
            var identities: [ContactIdentity] = []
            for kind in ContactIdentity.Kind.allCases {
                guard let column = Column(rawValue: kind.rawValue), let cell = cells[column] else { continue }
                for part in ContactTable.parts(cell) {
                    guard let identity = ContactIdentity(kind, part) else {
                        throw .invalid([FieldProblem(kind.rawValue, "mismatch", ContactIdentity.form(of: kind))])
                    }
                    identities.append(identity)
                }
            }
            return identities
        }

        /// Puts what the row says over what `contact` has; labels, fields and identities are added to.
        ///
        /// Throws `invalid` for what does not fit.
        package func fill(_ contact: inout CRMContact) throws(HubError) {
            if let name = try text(.name, maxLength: 200) { contact.name = name }
            if let language = try text(.language, maxLength: 35) { contact.language = language }
            if let company = try text(.company, maxLength: 200) { contact.company = company }
            if let notes = try text(.notes, maxLength: 10_000) { contact.notes = notes }
            for label in cells[.labels].map(ContactTable.parts) ?? [] where !contact.labels.contains(label) {
                contact.labels.append(label)
            }
            guard contact.labels.count <= 20, contact.labels.allSatisfy({ $0.unicodeScalars.count <= 64 }) else {
                throw .invalid([FieldProblem("labels", "count", "takes 20 labels of 64 characters")])
            }
            if let cell = cells[.owner] {
                guard let owner = UserID(cell) else {
                    throw .invalid([FieldProblem("owner", "format", "must be the id of a user")])
                }
                contact.owner = owner
            }
            try fillFields(of: &contact)
            contact.setIdentities(contact.identities + (try identities()))
            guard !contact.name.isEmpty else {
                throw .invalid([FieldProblem("name", "required", "a new contact needs a name")])
            }
            try contact.check()
        }

        private func fillFields(of contact: inout CRMContact) throws(HubError) {
            guard let cell = cells[.fields] else { return }
            let document = try? JSONParser.parse(cell, maxDepth: 2, acceptsNUL: false).object
            let texts = document?.compactMapValues(\.string) ?? [:]
            guard let document, texts.count == document.count,
                texts.keys.allSatisfy({ (1...64).contains($0.unicodeScalars.count) }),
                texts.values.allSatisfy({ $0.unicodeScalars.count <= 1000 })
            else { throw .invalid([FieldProblem("fields", "format", "must be a JSON object of short texts")]) }
            contact.fields.merge(texts) { $1 }
        }

        private func text(_ column: Column, maxLength: Int) throws(HubError) -> String? {
            guard let text = cells[column] else { return nil }
            guard text.unicodeScalars.count <= maxLength, !text.unicodeScalars.contains("\0") else {
                throw .invalid([FieldProblem(column.rawValue, "too_long", "takes at most \(maxLength) characters")])
            }
            return text
        }
    }

    /// What is written between `;`, without the spaces around it.
    private static func parts(_ cell: String) -> [String] {
        cell.split(separator: ";").compactMap { part in
            let start = part.drop(while: \.isWhitespace)
            return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) }
        }
    }
}
