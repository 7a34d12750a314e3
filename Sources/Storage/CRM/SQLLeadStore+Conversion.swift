import Domain

extension SQLLeadStore {
    func convert(
        _ id: LeadID,
        scope: CRMScope,
        _ conversion: LeadConversion,
        _ writing: Writing<Deal>
    ) async throws -> Written<Deal> {
        try await database.write(writing) { session in
            // The contact is locked before the lead, as everywhere, so it must be found before.
            let seen = try LeadStatements.find(id, scope, isLocked: false, session)
            var contact = try Self.contact(of: seen, conversion, scope, session)
            var lead = try LeadStatements.find(id, scope, isLocked: true, session)
            if let deal = lead.deal {
                return Change(try DealStatements.find(deal, .everything, isLocked: false, session), nil)
            }
            guard lead.contact == seen.contact else {
                throw HubError.busy("the lead got another contact meanwhile: try again")
            }
            let old = lead
            var events: [AuditEvent] = []
            if contact == nil {
                let made = try Self.makeContact(of: lead, at: writing.at)
                try ContactStatements.insert(made, scope, session)
                events.append(.created(made))
                contact = made
            }
            guard let contact else { throw ContactStatements.missing }
            var deal = try DealStatements.place(
                NewDeal(
                    id: .make(at: writing.at),
                    contact: contact.id,
                    pipeline: conversion.pipeline,
                    stage: conversion.stage
                ) { _ in },
                at: writing.at,
                session
            )
            deal.title = conversion.title ?? lead.name ?? contact.name
            deal.amount = conversion.amount ?? lead.value ?? 0
            deal.currency = conversion.currency ?? lead.currency
            deal.expectedCloseAt = conversion.expectedCloseAt
            deal.owner = lead.owner
            deal.lead = lead.id
            try lead.convert(into: deal.id, of: contact.id)
            lead.touch(at: writing.at)
            events.append(.created(deal))
            if let event = AuditEvent.changed(old, to: lead) { events.append(event) }
            return Change(
                deal,
                events: events,
                statements: DealStatements.inserts(deal, byName: writing.actor.name, at: writing.at) + [
                    SQLStatement(LeadStatements.update, LeadRow.values(lead))
                ]
            )
        }
    }

    /// The contact that the lead is about, locked; nil when one must be made.
    private static func contact(
        of lead: Lead,
        _ conversion: LeadConversion,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> CRMContact? {
        if let known = lead.contact { return try ContactStatements.lock(known, .everything, session) }
        if let named = conversion.contact { return try ContactStatements.lockNamed(named, scope, session) }
        let holders = try ContactStatements.holders(of: lead.identities, session)
        guard holders.count < 2 else {
            throw HubError.conflict("its phone and its e-mail belong to two contacts: merge them, or name the contact")
        }
        return try holders.first.map { try ContactStatements.lock($0, .everything, session) }
    }

    private static func makeContact(of lead: Lead, at moment: Timestamp) throws -> CRMContact {
        guard let name = lead.name else { throw HubError(.internal, "A lead has neither a contact nor a name.") }
        var contact = CRMContact(id: .make(at: moment), at: moment)
        contact.name = name
        contact.owner = lead.owner
        contact.setIdentities(lead.identities)
        return contact
    }
}
