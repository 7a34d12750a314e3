import Domain

/// Contacts over either database.
struct SQLContactStore: ContactStore {
    let database: any SQLDatabase

    func contact(_ id: ContactID, scope: CRMScope) async throws -> CRMContact {
        try await database.read { session in
            guard let contact = try ContactStatements.find(id, scope, session) else { throw ContactStatements.missing }
            try contact.checkPresent()
            return contact
        }
    }

    func contacts(_ request: ListRequest<ContactSort, ContactFilter>) async throws -> ListPage<CRMContact> {
        let statement = Self.list(request)
        return try await database.read { session in
            let contacts = try ContactRow.read(session.execute(statement), session)
            return ListPage(contacts, limit: request.limit) { $0.position(by: request.order.key) }
        }
    }

    func add(
        _ contact: CRMContact,
        scope: CRMScope,
        _ writing: Writing<CRMContact>
    ) async throws -> Written<CRMContact> {
        try await database.write(writing) { session in
            try ContactStatements.insert(contact, scope, session)
            return Change(contact, .created(contact))
        }
    }

    func change(
        _ id: ContactID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<CRMContact>,
        _ change: @escaping @Sendable (inout CRMContact) throws -> Void
    ) async throws -> CRMContact {
        try await database.write(writing) { session in
            let old = try ContactStatements.lock(id, scope, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                try ContactStatements.update(old, to: new, scope, session)
            }
        }.value()
    }

    func add(
        _ note: ContactNote,
        scope: CRMScope,
        _ writing: Writing<ContactNote>
    ) async throws -> Written<ContactNote> {
        try await database.write(writing) { session in
            _ = try ContactStatements.lock(note.contact, scope, session)
            let values: [SQLValue] = [
                .id(note.id), .id(note.contact), .moment(note.createdAt), .text(note.authorName), .text(note.text),
            ]
            return Change(note, .created(note), statements: [SQLStatement(Self.insertNote, values)])
        }
    }

    private static let insertNote: SQLText =
        "INSERT INTO crm_notes (id, contact_id, created_ms, author_name, text) VALUES ($1, $2, $3, $4, $5)"

    static func list(_ request: ListRequest<ContactSort, ContactFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("c.merged_into IS NULL")
        list.require("c.erased_ms IS NULL")
        list.require(ScopeCondition.contacts(filter.scope))
        switch filter.owner {
        case .nobody?: list.require("c.owner_id IS NULL")
        case .user(let user)?: list.require("c.owner_id = $?", .id(user))
        case nil: break
        }
        let labelled = "SELECT 1 FROM crm_contact_labels x WHERE x.contact_id = c.id AND x.label"
        list.require("EXISTS (\(labelled) = $?)", optional: filter.label.map { .text($0) })
        let known = "SELECT i.contact_id FROM crm_identities i WHERE i.kind"
        if let identity = filter.identity {
            // One row at most, found by the key.
            list.require(
                "c.id = (\(known) = '\(identity.kind.rawValue)' AND i.value = $?)", .text(identity.value))
        }
        if let kind = filter.identityKind {
            list.require("c.id IN (\(known) = $?)", .text(kind.rawValue))
        }
        list.require("c.created_ms", from: filter.createdFrom, before: filter.createdBefore)
        list.search(request.search, in: "c.search")
        return list.page(
            ContactStatements.select, sortedBy: "c.\(request.order.key.column)", id: "c.id", request)
    }
}

extension ContactSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        case .name: "name"
        }
    }
}

extension CRMContact {
    fileprivate func position(by key: ContactSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .name: .text(name)
            }
        return ListPosition(value: value, id: id.text)
    }
}
