import Domain

/// Finds the contact of the CRM that an identity belongs to, or makes it.
struct WhatsAppContact {
    private let identity: WhatsAppIdentity
    private let newcomer: ContactID
    private let moment: Timestamp

    init(_ identity: WhatsAppIdentity, newcomer: ContactID, at moment: Timestamp) {
        self.identity = identity
        self.newcomer = newcomer
        self.moment = moment
    }

    /// Gives the contact what it lacks, and the conversation to the contact; answers what to write down about it.
    ///
    /// - Parameter key: What names the contact that the conversation has and keeps, if it has one.
    func attach(keeping key: ContactIdentity?, _ session: any SQLSession) throws -> [AuditEvent] {
        // The surest that somebody has decides. Two contacts are never made one by a message.
        var free: [ContactIdentity] = []
        var holder = try key.flatMap { try ContactStatements.holders(of: [$0], session).first }
        var keys: [ContactIdentity] = []
        for key in identity.contactIdentities {
            if let held = try ContactStatements.holders(of: [key], session).first {
                holder = holder ?? held
                if held == holder { keys.append(key) }
            } else {
                free.append(key)
                keys.append(key)
            }
        }
        let events = try give(free, to: holder, session)
        if let named = keys.first ?? key {
            let values: [SQLValue] = [.id(identity.id), .text(named.kind.rawValue), .text(named.value)]
            _ = try session.execute(WhatsAppStatements.setContact, values)
        }
        return events
    }

    private func give(
        _ free: [ContactIdentity],
        to holder: ContactID?,
        _ session: any SQLSession
    ) throws -> [AuditEvent] {
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
