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
            try Self.merge(from, into: into, scope: scope, byName: writing.actor.name, at: writing.at, session)
        }
    }

    /// Merges inside a transaction; what is left to be written is in the change.
    static func merge(
        _ from: ContactID,
        into: ContactID,
        scope: CRMScope,
        byName name: String,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> Change<ContactMerge> {
        let (kept, ended) = try lock(into, from, scope, session)
        // Moves in the order in which others lock: leads, deals, and what nobody else changes.
        let leads = try session.execute(MergeStatements.moveLeads, [.id(from), .id(into)])
        let deals = try session.execute(MergeStatements.moveDeals, [.id(from), .id(into)])
        let notes = try session.execute(MergeStatements.moveNotes, [.id(from), .id(into)])
        let goals = try session.execute(MergeStatements.moveGoals, [.id(from), .id(into)])
        let enrolments = try session.execute(MergeStatements.moveEnrolments, [.id(from), .id(into)])
        let orders = try session.execute(MergeStatements.moveOrders, [.id(from), .id(into)])
        let callbacks = try session.execute(MergeStatements.moveCallbacks, [.id(from), .id(into)])
        _ = try session.execute(MergeStatements.moveIdentities, [.id(from), .id(into)])
        let merge = ContactMerge(
            id: .make(at: moment),
            into: into,
            from: from,
            byName: name,
            at: moment,
            moved: ContactMerge.Moved(
                identities: ended.identities,
                leads: try MergeStatements.ids(leads, LeadID.init),
                deals: try MergeStatements.ids(deals, DealID.init),
                notes: try MergeStatements.ids(notes, ContactNoteID.init),
                goals: try MergeStatements.ids(goals, ProgressGoalID.init),
                enrolments: try MergeStatements.ids(enrolments, EnrolmentID.init),
                orders: try MergeStatements.ids(orders, OrderID.init),
                callbacks: try MergeStatements.ids(callbacks, CallbackID.init)
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
                touch(keeping, at: moment), touch(ending, at: moment),
                SQLStatement(MergeStatements.insert, ContactMergeRow.values(merge)),
            ]
        )
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
        changed.touch(at: moment)
        return SQLStatement(ContactStatements.update, ContactRow.values(changed))
    }
}
