import Domain

/// Writes what a message said about who has which address.
struct WhatsAppIdentityChange {
    let match: WhatsAppMatch
    /// The identity as it was; nil for a newcomer.
    let old: WhatsAppIdentity?
    let fresh: NewWhatsAppIdentity
    /// The provider's time of the message.
    let joinedAt: Timestamp
    let actor: AuditActor
    let at: Timestamp

    private var identity: WhatsAppIdentity { match.identity }

    func write(_ session: any SQLSession) throws -> Change<WhatsAppIdentity> {
        for other in match.released {
            _ = try session.execute(WhatsAppStatements.update, WhatsAppRow.values(other, at: at))
        }
        var events = try join(session)
        if match.isNew {
            try add(session)
        } else if identity != old {
            _ = try session.execute(WhatsAppStatements.update, WhatsAppRow.values(identity, at: at))
        }
        for former in match.former {
            _ = try session.execute(
                WhatsAppStatements.addFormer,
                [
                    .text(identity.number), .text(former.value), .text(former.kind.rawValue), .moment(former.until),
                    .id(former.identity),
                ])
        }
        if identity.contactIdentities != old?.contactIdentities {
            let contact = WhatsAppContact(identity, newcomer: fresh.contact, at: at)
            events += try contact.attach(keeping: isMoved ? contactKey(of: identity.id, session)?.key : nil, session)
        }
        let rooms = match.isNew ? [] : [identity.room, match.joined?.room].compactMap(\.self).sorted()
        return Change(identity, events: events, statements: rooms.map { SQLWhatsAppStore.touch($0, at) })
    }

    /// Whether an address was given up, and the person is who they were all the same.
    private var isMoved: Bool { match.former.contains { $0.identity == identity.id } }

    private func add(_ session: any SQLSession) throws {
        let made = try session.execute(WhatsAppStatements.insert, WhatsAppRow.values(identity, at: at))
        // Another hub made it a moment ago: the next try finds it.
        guard !made.isEmpty else { throw HubError.busy("this person was met by another hub at the same time") }
        _ = try session.batch([
            SQLStatement(
                WhatsAppStatements.insertConversation,
                [
                    .id(fresh.room), .moment(at), .id(fresh.side), .text(Conversation.Channel.whatsapp.rawValue),
                    .id(fresh.id), .text(ConversationState.open.rawValue),
                ]
            ),
            SQLStatement(VisitorStatements.insertSide, [.id(fresh.side), .id(fresh.room), .moment(at)]),
        ])
    }

    /// The conversation of somebody who turned out to be this person becomes one of this person's.
    private func join(_ session: any SQLSession) throws -> [AuditEvent] {
        guard let joined = match.joined else { return [] }
        let events = try mergeContact(of: joined, session)
        let ids: [SQLValue] = [.id(joined.id), .id(identity.id)]
        let lanes = [joined, identity].map { person in
            OutboxLane(channel: .whatsapp, number: person.number, recipient: person.id.text).description
        }
        var statements = [
            SQLStatement(WhatsAppStatements.moveRooms, ids),
            SQLStatement(WhatsAppStatements.moveFormer, ids),
            SQLStatement(WhatsAppStatements.moveJoined, ids),
            SQLStatement(WhatsAppStatements.remove, [.id(joined.id)]),
            SQLStatement(
                WhatsAppStatements.addJoined,
                [.id(joined.id), .id(identity.id), .id(joined.room), .moment(joinedAt)]),
            SQLStatement(WhatsAppStatements.moveLane, [.text(lanes[0]), .text(lanes[1]), .id(identity.id)]),
        ]
        if let heardAt = joined.lastInboundAt {
            statements.append(SQLStatement(WhatsAppStatements.hear, [.id(identity.room), .moment(heardAt)]))
        }
        _ = try session.batch(statements)
        return events
    }

    /// A contact that was only made because somebody wrote from a new number goes into the one that was known.
    private func mergeContact(of joined: WhatsAppIdentity, _ session: any SQLSession) throws -> [AuditEvent] {
        guard let (theirs, met) = try contactKey(of: joined.id, session),
            let (mine, _) = try contactKey(of: identity.id, session),
            let from = try ContactStatements.holders(of: [theirs], session).first,
            let into = try ContactStatements.holders(of: [mine], session).first,
            from != into, let made = try ContactStatements.find(from, .everything, session), made.createdAt == met
        else { return [] }
        let merging = try SQLContactStore.merge(
            from, into: into, scope: .everything, byName: actor.name, at: at, session)
        for statement in merging.statements { _ = try session.execute(statement) }
        return merging.events
    }

    private func contactKey(
        of id: WhatsAppIdentityID,
        _ session: any SQLSession
    ) throws -> (key: ContactIdentity, met: Timestamp)? {
        guard var row = try session.execute(WhatsAppStatements.contact, [.id(id)]).first?.reader else { return nil }
        let kind = try row.optionalText().flatMap(ContactIdentity.Kind.init)
        let value = try row.optionalText()
        let met = try row.moment()
        guard let kind, let key = value.flatMap({ ContactIdentity(kind, $0) }) else { return nil }
        return (key, met)
    }
}
