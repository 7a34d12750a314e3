import Domain

extension SQLWhatsAppStore {
    func identity(
        of person: WhatsAppPerson,
        at number: String,
        _ fresh: NewWhatsAppIdentity,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws -> WhatsAppIdentity {
        let values: [SQLValue] = [.text(number), .optional(person.userID), .optional(person.phone)]
        // Nearly always nothing has changed since the last message.
        let known = try await database.read { session in
            try session.execute(WhatsAppStatements.find, values).map(WhatsAppRow.read)
        }
        if case .known(let identity, releasing: nil) = WhatsAppMatch(person, among: known), known.contains(identity) {
            return identity
        }
        return try await database.write(writing) { session in
            let people = try session.execute(WhatsAppStatements.lock, values).map(WhatsAppRow.read)
            switch WhatsAppMatch(person, among: people) {
            case .known(let identity, let former):
                guard !people.contains(identity) else { return Change(identity, nil) }
                try Self.release(former, among: people, at: writing.at, session)
                _ = try session.execute(WhatsAppStatements.update, WhatsAppRow.values(identity, at: writing.at))
                let events = try WhatsAppContact.attach(identity, newcomer: fresh.contact, at: writing.at, session)
                return Change(identity, events: events, statements: [Self.touch(identity.room, writing.at)])
            case .newcomer(let former):
                try Self.release(former, among: people, at: writing.at, session)
                return try Self.make(person, at: number, fresh, at: writing.at, session)
            }
        }.value()
    }

    /// Takes the number from an identity that has a user id to go on with.
    private static func release(
        _ id: WhatsAppIdentityID?,
        among people: [WhatsAppIdentity],
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws {
        guard var former = people.first(where: { $0.id == id }) else { return }
        former.phone = nil
        _ = try session.execute(WhatsAppStatements.update, WhatsAppRow.values(former, at: moment))
    }

    private static func make(
        _ person: WhatsAppPerson,
        at number: String,
        _ fresh: NewWhatsAppIdentity,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> Change<WhatsAppIdentity> {
        let identity = WhatsAppIdentity(
            id: fresh.id,
            number: number,
            room: fresh.room,
            userID: person.userID,
            parentUserID: person.parentUserID,
            phone: person.phone,
            name: person.name,
            username: person.username
        )
        let made = try session.execute(WhatsAppStatements.insert, WhatsAppRow.values(identity, at: moment))
        // Another hub made it a moment ago: the next try finds it.
        guard !made.isEmpty else { throw HubError.busy("this person was met by another hub at the same time") }
        _ = try session.batch([
            SQLStatement(
                WhatsAppStatements.insertConversation,
                [
                    .id(fresh.room), .moment(moment), .id(fresh.side),
                    .text(Conversation.Channel.whatsapp.rawValue), .id(fresh.id),
                    .text(ConversationState.open.rawValue),
                ]
            ),
            SQLStatement(VisitorStatements.insertSide, [.id(fresh.side), .id(fresh.room), .moment(moment)]),
        ])
        let events = try WhatsAppContact.attach(identity, newcomer: fresh.contact, at: moment, session)
        return Change(identity, events: events)
    }
}

/// Finds the contact of the CRM that an identity belongs to, or makes it.
enum WhatsAppContact {
    /// What to write down about it.
    static func attach(
        _ identity: WhatsAppIdentity,
        newcomer: ContactID,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [AuditEvent] {
        let keys = identity.contactIdentities
        // The surest that somebody has decides. Two contacts are never made one by a message.
        var free: [ContactIdentity] = []
        var holder: ContactID?
        for key in keys {
            if let held = try ContactStatements.holders(of: [key], session).first {
                holder = holder ?? held
            } else {
                free.append(key)
            }
        }
        guard !free.isEmpty else { return [] }
        guard let holder else {
            var contact = CRMContact(id: newcomer, at: moment)
            contact.name = String((identity.name ?? identity.participant.name).prefix(200))
            contact.setIdentities(free)
            try ContactStatements.insert(contact, .everything, session)
            return [.created(contact)]
        }
        let old = try ContactStatements.lock(holder, .everything, session)
        guard old.identities.count + free.count <= CRMContact.maxIdentities else { return [] }
        var new = old
        new.setIdentities(old.identities + free)
        new.version += 1
        new.changedAt = max(moment, old.changedAt)
        for statement in try ContactStatements.update(old, to: new, .everything, session) {
            _ = try session.execute(statement)
        }
        return AuditEvent.changed(old, to: new).map { [$0] } ?? []
    }
}
