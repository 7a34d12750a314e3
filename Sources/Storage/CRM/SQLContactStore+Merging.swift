import Domain

extension SQLContactStore: ContactMerging {
    func merge(
        _ from: ContactID,
        into: ContactID,
        scope: CRMScope,
        _ writing: Writing<ContactMerge>
    ) async throws -> Written<ContactMerge> {
        guard from != into else {
            throw HubError.invalid([FieldProblem("/from", "conflict", "a contact cannot be merged into itself")])
        }
        return try await database.write(writing) { session in
            let (kept, ended) = try Self.lock(into, from, scope, session)
            // Moves in the order in which others lock: leads, deals, and what nobody else changes.
            let leads = try session.execute(MergeStatements.moveLeads, [.id(from), .id(into)])
            let deals = try session.execute(MergeStatements.moveDeals, [.id(from), .id(into)])
            let notes = try session.execute(MergeStatements.moveNotes, [.id(from), .id(into)])
            _ = try session.execute(MergeStatements.moveIdentities, [.id(from), .id(into)])
            let merge = ContactMerge(
                id: .make(at: writing.at),
                into: into,
                from: from,
                byName: writing.actor.name,
                at: writing.at,
                moved: ContactMerge.Moved(
                    identities: ended.identities,
                    leads: try MergeStatements.ids(leads, LeadID.init),
                    deals: try MergeStatements.ids(deals, DealID.init),
                    notes: try MergeStatements.ids(notes, ContactNoteID.init)
                )
            )
            var keeping = kept
            keeping.setIdentities(kept.identities + ended.identities)
            var ending = ended
            ending.setIdentities([])
            ending.mergedInto = into
            return Change(
                merge,
                events: [
                    AuditEvent("contact.merged", kept.subject, after: .object(merge.trace)),
                    AuditEvent("contact.merged_away", ended.subject, after: .object(["into": .string(into.text)])),
                ],
                statements: [
                    Self.touch(keeping, at: writing.at), Self.touch(ending, at: writing.at),
                    SQLStatement(MergeStatements.insert, ContactMergeRow.values(merge)),
                ]
            )
        }
    }

    func unmerge(
        _ from: ContactID,
        scope: CRMScope,
        _ writing: Writing<ContactMerge>
    ) async throws -> Written<ContactMerge> {
        try await database.write(writing) { session in
            guard let seen = try session.execute(MergeStatements.open, [.id(from)]).first.map(ContactMergeRow.read)
            else { throw HubError.notFound("this contact is not merged into another") }
            let (kept, ended) = try Self.lock(merged: seen, scope, session)
            // Only now nobody else can undo it.
            guard var merge = try session.execute(MergeStatements.open, [.id(from)]).first.map(ContactMergeRow.read),
                merge == seen
            else { throw HubError.conflict("the merge was undone meanwhile") }
            try Self.checkInPlace(merge, kept, session)
            merge.undoneAt = writing.at
            var keeping = kept
            keeping.setIdentities(Set(kept.identities).subtracting(merge.moved.identities))
            var ending = ended
            ending.setIdentities(merge.moved.identities)
            ending.mergedInto = nil
            return Change(
                merge,
                events: [
                    AuditEvent("contact.unmerged", kept.subject, after: .object(merge.trace)),
                    AuditEvent("contact.restored", ended.subject, after: .object(["from": .string(kept.id.text)])),
                ],
                statements: MergeStatements.giveBack(merge) + [
                    Self.touch(keeping, at: writing.at), Self.touch(ending, at: writing.at),
                    SQLStatement(MergeStatements.close, [.id(merge.id), .moment(writing.at)]),
                ]
            )
        }
    }

    /// Both contacts, locked in the order of their ids.
    private static func lock(
        _ into: ContactID,
        _ from: ContactID,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> (kept: CRMContact, ended: CRMContact) {
        var kept: CRMContact?
        var ended: CRMContact?
        for id in [into, from].sorted() {
            if id == into {
                kept = try ContactStatements.lock(id, scope, session)
            } else {
                ended = try ContactStatements.lockNamed(id, at: "/from", scope, session)
            }
        }
        guard let kept, let ended else { throw ContactStatements.missing }
        return (kept, ended)
    }

    private static func lock(
        merged merge: ContactMerge,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> (kept: CRMContact, ended: CRMContact) {
        let ids = [merge.into, merge.from].sorted()
        let contacts = try ids.map { try ContactStatements.lockAny($0, scope, session) }
        guard let kept = contacts.first(where: { $0.id == merge.into }),
            let ended = contacts.first(where: { $0.id == merge.from })
        else { throw ContactStatements.missing }
        if let further = kept.mergedInto {
            throw HubError.conflict("\(kept.id) was merged into \(further) since: undo that first")
        }
        try kept.checkPresent()
        return (kept, ended)
    }

    /// Throws `conflict` for what is not where the merge put it.
    private static func checkInPlace(
        _ merge: ContactMerge,
        _ kept: CRMContact,
        _ session: any SQLSession
    ) throws {
        var away = merge.moved.identities.filter { !kept.identities.contains($0) }.map(\.kind.rawValue)
        for (table, ids) in MergeStatements.moved(merge) {
            let here = try session.execute(
                MergeStatements.here(table).over(ids.map { [.text($0), .id(merge.into)] }))
            let found = try Set(MergeStatements.ids(here) { $0 })
            away += ids.filter { !found.contains($0) }
        }
        guard away.isEmpty else {
            throw HubError.conflict(
                "changed since the merge, so it cannot be undone: \(away.joined(separator: ", ")). Put it back first")
        }
    }

    private static func touch(_ contact: CRMContact, at moment: Timestamp) -> SQLStatement {
        var changed = contact
        changed.version += 1
        changed.changedAt = max(moment, contact.changedAt)
        return SQLStatement(ContactStatements.update, ContactRow.values(changed))
    }
}

/// What a merge and its undoing read and write.
private enum MergeStatements {
    enum Table: String {
        case leads = "crm_leads"
        case deals = "crm_deals"
        case notes = "crm_notes"
    }

    static let moveLeads: SQLText =
        "UPDATE crm_leads SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveDeals: SQLText =
        "UPDATE crm_deals SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveNotes: SQLText = "UPDATE crm_notes SET contact_id = $2 WHERE contact_id = $1 RETURNING id"

    static let moveIdentities: SQLText = "UPDATE crm_identities SET contact_id = $2 WHERE contact_id = $1"

    /// The first column of each row, in rising order.
    static func ids<Value: Comparable>(_ rows: [SQLRow], _ read: (String) -> Value?) throws -> [Value] {
        try rows.map { row in
            var row = row.reader
            return try row.text(read)
        }.sorted()
    }

    /// What stands in which table, in the order in which others lock.
    static func moved(_ merge: ContactMerge) -> [(table: Table, ids: [String])] {
        [
            (.leads, merge.moved.leads.map(\.text)), (.deals, merge.moved.deals.map(\.text)),
            (.notes, merge.moved.notes.map(\.text)),
        ]
    }

    static func here(_ table: Table) -> SQLBulk {
        SQLBulk(
            [.text("id"), .text("contact_id")],
            SQLText(
                """
                SELECT t.id FROM k CROSS JOIN \(table.rawValue) t WHERE t.id = k.id AND t.contact_id = k.contact_id
                """
            )
        )
    }

    static func giveBack(_ merge: ContactMerge) -> [SQLStatement] {
        let rows = moved(merge).filter { !$0.ids.isEmpty }.map { table, ids in
            let isVersioned = table != .notes
            return SQLBulk(
                [.text("id"), .text("contact_id")],
                SQLText(
                    """
                    UPDATE \(table.rawValue) SET contact_id = k.contact_id\(isVersioned ? ", version = version + 1" : "")
                    FROM k WHERE \(table.rawValue).id = k.id
                    """
                )
            ).over(ids.map { [.text($0), .id(merge.from)] })
        }
        let identities = merge.moved.identities.map { identity -> [SQLValue] in
            [.text(identity.kind.rawValue), .text(identity.value), .id(merge.from)]
        }
        return rows + (identities.isEmpty ? [] : [giveIdentities.over(identities)])
    }

    private static let giveIdentities = SQLBulk(
        [.text("kind"), .text("value"), .text("contact_id")],
        """
        UPDATE crm_identities SET contact_id = k.contact_id FROM k
        WHERE crm_identities.kind = k.kind AND crm_identities.value = k.value
        """
    )

    static let open = SQLText(
        "SELECT \(ContactMergeRow.columns) FROM crm_merges m WHERE m.from_id = $1 AND m.undone_ms IS NULL")

    static let insert: SQLText = """
        INSERT INTO crm_merges (id, into_id, from_id, by_name, at_ms, moved, undone_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    static let close: SQLText = "UPDATE crm_merges SET undone_ms = $2 WHERE id = $1"
}
