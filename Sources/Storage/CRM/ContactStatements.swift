import Domain

/// What reads, locks and writes contacts inside a transaction. Contacts are locked in the order of their ids, and
/// before leads, deals and pipelines.
enum ContactStatements {
    /// Nil for what does not exist or is hidden.
    static func find(_ id: ContactID, _ scope: CRMScope, _ session: any SQLSession) throws -> CRMContact? {
        let scope = ScopeCondition.contacts(scope)
        let text = SQLText("\(select) WHERE c.id = $1\(scope.and(2))")
        return try ContactRow.read(session.execute(text, [.id(id)] + scope.values), session).first
    }

    /// Locks a contact that is there. Throws `not_found`.
    static func lock(_ id: ContactID, _ scope: CRMScope, _ session: any SQLSession) throws -> CRMContact {
        let contact = try lockAny(id, scope, session)
        try contact.checkPresent()
        return contact
    }

    /// As `lock`, also for one that was merged or erased.
    static func lockAny(_ id: ContactID, _ scope: CRMScope, _ session: any SQLSession) throws -> CRMContact {
        let scope = ScopeCondition.contacts(scope)
        let text = SQLText.locking("\(select) WHERE c.id = $1\(scope.and(2))", of: "c")
        let found = try ContactRow.read(session.execute(text, [.id(id)] + scope.values), session).first
        guard let contact = found else { throw missing }
        return contact
    }

    /// As `lock`, for a contact that a body names: throws `invalid` when it is not there.
    static func lockNamed(
        _ id: ContactID,
        at field: String = "/contact",
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> CRMContact {
        do {
            return try lock(id, scope, session)
        } catch let error as HubError where error.code == .notFound {
            throw HubError.invalid([FieldProblem(field, "conflict", error.message)])
        }
    }

    static let missing = HubError.notFound("there is no such contact")

    // MARK: Writing

    /// Inserts a contact. Throws `conflict` for an identity that is taken, `invalid` for an owner or a visitor
    /// that does not exist.
    static func insert(_ contact: CRMContact, _ scope: CRMScope, _ session: any SQLSession) throws {
        try StaffCheck.checkOwner(contact.owner, session)
        guard try !session.execute(insert, ContactRow.values(contact)).isEmpty else {
            throw HubError(.internal, "A contact with this id exists.")
        }
        try take(contact.identities, for: contact, scope, session)
        _ = try session.execute(insertLabels.over(contact.labels.map { [.id(contact.id), .text($0)] }))
    }

    /// Writes what differs between `old` and `new`; throws as `insert`.
    static func update(
        _ old: CRMContact,
        to new: CRMContact,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        if new.owner != old.owner { try StaffCheck.checkOwner(new.owner, session) }
        let gone = Set(old.identities).subtracting(new.identities).sorted()
        if !gone.isEmpty { _ = try session.execute(removeIdentities.over(gone.map { rowOf($0, new.id) })) }
        let added = Set(new.identities).subtracting(old.identities).sorted()
        if !added.isEmpty { try take(added, for: new, scope, session) }
        var statements = [SQLStatement(update, ContactRow.values(new))]
        if new.labels != old.labels {
            statements.append(SQLStatement(removeLabels, [.id(new.id)]))
            if !new.labels.isEmpty {
                statements.append(insertLabels.over(new.labels.map { [.id(new.id), .text($0)] }))
            }
        }
        return statements
    }

    /// Identities are inserted in rising order, so that two who take the same ones wait for each other in turn.
    private static func take(
        _ identities: [ContactIdentity],
        for contact: CRMContact,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws {
        guard !identities.isEmpty else { return }
        let visitors = identities.filter { $0.kind == .visitor }
        let known = try session.execute(knownVisitors.over(visitors.map { [.text($0.value)] }))
        guard known.count == visitors.count else {
            throw HubError.invalid([FieldProblem("/identities", "conflict", "names a visitor who does not exist")])
        }
        let taken = try session.execute(insertIdentities.over(identities.map { rowOf($0, contact.id) }))
        guard taken.count < identities.count else { return }
        let mine = try Set(taken.map { try $0.identity })
        let problems = try contact.identities.enumerated().filter { identities.contains($1) && !mine.contains($1) }
            .map { index, identity in
                let holder = try holder(of: identity, scope, session)
                let owner = holder.map { "contact \($0)" } ?? "a contact that you do not see"
                return FieldProblem("/identities/\(index)", "taken", "belongs to \(owner)")
            }
        let names = problems.map { "\($0.field) \($0.detail)" }.joined(separator: "; ")
        throw HubError(.conflict, "an identity belongs to another contact: \(names). Merge them", fields: problems)
    }

    private static func holder(
        of identity: ContactIdentity,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> ContactID? {
        let scope = ScopeCondition.contacts(scope)
        let text = SQLText(
            """
            SELECT c.id FROM crm_identities i JOIN crm_contacts c ON c.id = i.contact_id
            WHERE i.kind = $1 AND i.value = $2\(scope.and(3))
            """
        )
        let values: [SQLValue] = [.text(identity.kind.rawValue), .text(identity.value)]
        return try session.execute(text, values + scope.values).first.map { row in
            var row = row.reader
            return try row.text(ContactID.init)
        }
    }

    /// The contacts that have any of these identities.
    static func holders(of identities: [ContactIdentity], _ session: any SQLSession) throws -> [ContactID] {
        let rows = try session.execute(holders.over(identities.map { [.text($0.kind.rawValue), .text($0.value)] }))
        let ids = try rows.map { row in
            var row = row.reader
            return try row.text(ContactID.init)
        }
        return Set(ids).sorted()
    }

    private static func rowOf(_ identity: ContactIdentity, _ contact: ContactID) -> [SQLValue] {
        [.text(identity.kind.rawValue), .text(identity.value), .id(contact)]
    }

    // MARK: Statements

    static let select = "SELECT \(ContactRow.columns) FROM crm_contacts c"

    private static let identityColumns: [SQLColumn] = [.text("kind"), .text("value"), .text("contact_id")]

    private static let insert: SQLText = """
        INSERT INTO crm_contacts (
            id, created_ms, changed_ms, version, name, language, company, notes, labels, owner_id, fields, merged_into,
            erased_ms, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT DO NOTHING RETURNING id
        """

    static let update: SQLText = """
        UPDATE crm_contacts SET created_ms = $2, changed_ms = $3, version = $4, name = $5, language = $6, company = $7,
            notes = $8, labels = $9, owner_id = $10, fields = $11, merged_into = $12, erased_ms = $13, search = $14
        WHERE id = $1
        """

    private static let insertIdentities = SQLBulk(
        identityColumns,
        """
        INSERT INTO crm_identities (kind, value, contact_id) SELECT kind, value, contact_id FROM k WHERE TRUE
        ON CONFLICT DO NOTHING RETURNING kind, value
        """
    )

    private static let removeIdentities = SQLBulk(
        identityColumns,
        """
        DELETE FROM crm_identities WHERE EXISTS (
            SELECT 1 FROM k WHERE k.kind = crm_identities.kind AND k.value = crm_identities.value
                AND k.contact_id = crm_identities.contact_id
        )
        """
    )

    private static let holders = SQLBulk(
        [.text("kind"), .text("value")],
        """
        SELECT i.contact_id FROM k CROSS JOIN crm_identities i WHERE i.kind = k.kind AND i.value = k.value
        """
    )

    private static let knownVisitors = SQLBulk(
        [.text("id")], "SELECT v.id FROM k CROSS JOIN visitors v WHERE v.id = k.id")

    private static let insertLabels = SQLBulk(
        [.text("contact_id"), .text("label")],
        "INSERT INTO crm_contact_labels (contact_id, label) SELECT contact_id, label FROM k"
    )

    static let removeLabels: SQLText = "DELETE FROM crm_contact_labels WHERE contact_id = $1"
}

extension SQLRow {
    fileprivate var identity: ContactIdentity {
        get throws {
            var row = reader
            return try ContactRow.identity(&row)
        }
    }
}
