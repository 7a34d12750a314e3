import Domain

extension SQLWhatsAppStore {
    func identity(
        of person: WhatsAppPerson,
        at number: String,
        sentAt moment: Timestamp,
        telling next: WhatsAppPerson?,
        _ fresh: NewWhatsAppIdentity,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws -> WhatsAppIdentity {
        let values: [SQLValue] = [
            .text(number), .optional(person.userID), .optional(person.phone), .optional(next?.userID),
            .optional(next?.phone),
        ]
        @Sendable func match(_ holders: WhatsAppHolders) -> WhatsAppMatch {
            WhatsAppMatch(person, at: moment, telling: next, to: number, among: holders, fresh: fresh)
        }
        // Nearly always nothing has changed since the last message.
        if next == nil {
            let holders = try await database.read { session in
                try Self.holders(values, isLocking: false, session)
            }
            let known = match(holders)
            if known.isKnown { return known.identity }
        }
        return try await database.write(writing) { session in
            var holders = try Self.holders(values, isLocking: true, session)
            if next != nil { holders = try Self.heard(holders, session) }
            let match = match(holders)
            guard !match.isKnown else { return Change(match.identity, nil) }
            let change = WhatsAppIdentityChange(
                match: match,
                old: holders.identities.first { $0.id == match.identity.id },
                fresh: fresh,
                joinedAt: moment,
                actor: writing.actor,
                at: writing.at
            )
            return try change.write(session)
        }.value()
    }

    private static func holders(
        _ values: [SQLValue],
        isLocking: Bool,
        _ session: any SQLSession
    ) throws -> WhatsAppHolders {
        let present = isLocking ? WhatsAppStatements.lock : WhatsAppStatements.find
        let found = try session.batch([
            SQLStatement(present, values), SQLStatement(WhatsAppStatements.former, values),
        ])
        var identities = try found[0].map(WhatsAppRow.read)
        let former = try found[1].map(WhatsAppRow.readFormer)
        for id in Set(former.map(\.identity)).subtracting(identities.map(\.id)).sorted() {
            let byID = isLocking ? WhatsAppStatements.lockByID : WhatsAppStatements.byID
            identities += try session.execute(byID, [.id(id)]).map(WhatsAppRow.read)
        }
        return WhatsAppHolders(identities, former: former)
    }

    private static func heard(_ holders: WhatsAppHolders, _ session: any SQLSession) throws -> WhatsAppHolders {
        var firstHeard: [WhatsAppIdentityID: Timestamp] = [:]
        for identity in holders.identities {
            var row = try session.execute(WhatsAppStatements.firstHeard, [.id(identity.room)]).first?.reader
            firstHeard[identity.id] = try row?.optionalMoment()
        }
        return WhatsAppHolders(holders.identities, former: holders.former, firstHeard: firstHeard)
    }
}
