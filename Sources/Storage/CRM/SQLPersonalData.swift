import Domain

/// Export and erasure of one person's data over either database.
struct SQLPersonalData: PersonalData {
    let database: any SQLDatabase

    func export(
        of id: ContactID,
        scope: CRMScope,
        _ writing: Writing<PersonExport>
    ) async throws -> PersonExport {
        try await database.write(writing) { session in
            guard let contact = try ContactStatements.find(id, scope, session) else { throw ContactStatements.missing }
            try contact.checkPresent()
            let ids = try PersonStatements.contacts(of: id, session)
            let export = PersonExport(
                contact: contact,
                merged: try ids.filter { $0 != id }.compactMap {
                    try ContactStatements.find($0, .everything, session)
                },
                notes: try session.execute(PersonStatements.notes.over(ids)).map(PersonStatements.note),
                leads: try session.execute(PersonStatements.leads.over(ids)).map(LeadRow.read),
                deals: try session.execute(PersonStatements.deals.over(ids)).map(DealRow.read),
                moves: try session.execute(PersonStatements.moves.over(ids)).map(DealRow.readMove),
                visitors: try session.execute(PersonStatements.visitors.over(ids)).map(VisitorStatements.read)
            )
            return Change(export, AuditEvent("contact.exported", contact.subject))
        }.value()
    }

    func erase(
        _ id: ContactID,
        scope: CRMScope,
        _ writing: Writing<ErasureReport>
    ) async throws -> ErasureReport {
        try await database.write(writing) { session in
            // Locked in the order of ids, as everywhere; those that were merged into it are found before.
            let ids = try PersonStatements.contacts(of: id, session)
            let locked = try ids.map { try ContactStatements.lockAny($0, scope, session) }
            guard let contact = locked.first(where: { $0.id == id }) else { throw ContactStatements.missing }
            try contact.checkPresent()
            guard try PersonStatements.contacts(of: id, session) == ids else {
                throw HubError.busy("another contact was merged into it meanwhile: try again")
            }
            let erasure = try Erasure(contacts: locked, session)
            let report = erasure.report
            for statement in erasure.statements(at: writing.at, session.dialect) { _ = try session.execute(statement) }
            return Change(
                report,
                AuditEvent("contact.erased", contact.subject, after: .object(report.document))
            )
        }.value()
    }
}

/// Where a person's data lies, by the contacts that the person is.
enum PersonStatements {
    /// The contact and all that were merged into it, in the order of their ids.
    static func contacts(of id: ContactID, _ session: any SQLSession) throws -> [ContactID] {
        try session.execute(family, [.id(id)]).map { row in
            var row = row.reader
            return try row.text(ContactID.init)
        }.sorted()
    }

    private static let family: SQLText = """
        WITH RECURSIVE t(id) AS (
            SELECT c.id FROM crm_contacts c WHERE c.id = $1
            UNION SELECT c.id FROM crm_contacts c JOIN t ON c.merged_into = t.id
        ) SELECT id FROM t
        """

    static func note(_ row: SQLRow) throws(HubError) -> ContactNote {
        var row = row.reader
        return ContactNote(
            id: try row.text(ContactNoteID.init),
            contact: try row.text(ContactID.init),
            text: try row.text(),
            authorName: try row.text(),
            at: try row.moment()
        )
    }

    static let notes = SQLBulk(
        [.text("id")],
        """
        SELECT n.id, n.contact_id, n.text, n.author_name, n.created_ms FROM k CROSS JOIN crm_notes n
        WHERE n.contact_id = k.id ORDER BY n.created_ms, n.id
        """
    )

    static let leads = SQLBulk(
        [.text("id")],
        SQLText("SELECT \(LeadRow.columns) FROM k CROSS JOIN crm_leads l WHERE l.contact_id = k.id ORDER BY l.id")
    )

    static let deals = SQLBulk(
        [.text("id")],
        SQLText("SELECT \(DealRow.columns) FROM k CROSS JOIN crm_deals d WHERE d.contact_id = k.id ORDER BY d.id")
    )

    static let moves = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(DealRow.moveColumns) FROM k CROSS JOIN crm_deals d CROSS JOIN crm_deal_moves m
            WHERE d.contact_id = k.id AND m.deal_id = d.id ORDER BY m.at_ms, m.id
            """
        )
    )

    static let visitors = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(VisitorStatements.columns) FROM k CROSS JOIN crm_identities i CROSS JOIN visitors v
            WHERE i.contact_id = k.id AND i.kind = 'visitor' AND v.id = i.value ORDER BY v.id
            """
        )
    )
}

extension SQLBulk {
    func over<Kind>(_ ids: [ID<Kind>]) -> SQLStatement { over(ids.map { [.text($0.text)] }) }
}
