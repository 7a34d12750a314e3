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
            let people = try session.execute(PersonStatements.whatsApp.over(ids)).map(WhatsAppRow.read)
            let export = PersonExport(
                contact: contact,
                merged: try ids.filter { $0 != id }.compactMap {
                    try ContactStatements.find($0, .everything, session)
                },
                notes: try session.execute(PersonStatements.notes.over(ids)).map(PersonStatements.note),
                leads: try session.execute(PersonStatements.leads.over(ids)).map(LeadRow.read),
                deals: try session.execute(PersonStatements.deals.over(ids)).map(DealRow.read),
                moves: try session.execute(PersonStatements.moves.over(ids)).map(DealRow.readMove),
                visitors: try session.execute(PersonStatements.visitors.over(ids)).map(VisitorStatements.read),
                codes: try session.execute(PersonStatements.codes.over(ids)).map(CodeRow.read),
                goals: try session.execute(PersonStatements.goals.over(ids)).map(ProgressGoalRow.read),
                checkIns: try session.execute(PersonStatements.checkIns.over(ids)).map(CheckInRow.read),
                enrolments: try session.execute(PersonStatements.enrolments.over(ids)).map(EnrolmentRow.readProgress),
                people: try people.flatMap { person in
                    try [person]
                        + session.execute(PersonStatements.joined.over([person.id])).map { row in
                            person.before(try WhatsAppRow.readJoined(row))
                        }
                },
                orders: try OrderRow.read(session.execute(PersonStatements.orders.over(ids)), session),
                callbacks: try session.execute(PersonStatements.callbacks.over(ids)).map(CallbackRow.read),
                sms: try session.execute(PersonStatements.sms.over(ids)).map(SMSRow.read)
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
            let erasure = try Erasure(contacts: locked, at: writing.at, session)
            let report = erasure.report
            for statement in erasure.statements(at: writing.at, session.dialect) { _ = try session.execute(statement) }
            return Change(
                report,
                AuditEvent("contact.erased", contact.subject, after: .object(report.document))
            )
        }.value()
    }
}
