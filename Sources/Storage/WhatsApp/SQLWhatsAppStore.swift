import Domain

/// Identities and messages of WhatsApp over either database.
struct SQLWhatsAppStore: WhatsAppStore {
    let database: any SQLDatabase

    func identity(_ id: WhatsAppIdentityID) async throws -> WhatsAppIdentity? {
        try await database.read { session in
            try session.execute(WhatsAppStatements.byID, [.id(id)]).first.map(WhatsAppRow.read)
        }
    }

    func identity(in room: RoomID) async throws -> WhatsAppIdentity? {
        try await database.read { session in
            try session.execute(WhatsAppStatements.byRoom, [.id(room)]).first.map(WhatsAppRow.read)
        }
    }

    func changePhone(
        of id: WhatsAppIdentityID,
        to phone: String,
        userID: String?,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws {
        _ = try await database.write(writing) { session in
            let people = try session.execute(WhatsAppStatements.lockByID, [.id(id)]).map(WhatsAppRow.read)
            guard var identity = people.first else { throw HubError.notFound("there is no WhatsApp identity \(id)") }
            guard identity.phone != phone || (userID != nil && identity.userID != userID) else {
                return Change(identity, nil)
            }
            let others = try session.execute(
                WhatsAppStatements.lock, [.text(identity.number), .optional(userID), .text(phone)]
            ).map(WhatsAppRow.read).filter { $0.id != id }
            // They wrote from the new number before this was told: that conversation goes on.
            guard others.isEmpty else { return Change(identity, nil) }
            identity.phone = phone
            identity.userID = userID
            _ = try session.execute(WhatsAppStatements.update, WhatsAppRow.values(identity, at: writing.at))
            let events = try WhatsAppContact.attach(identity, newcomer: .make(at: writing.at), at: writing.at, session)
            return Change(identity, events: events, statements: [Self.touch(identity.room, writing.at)])
        }
    }

    func setMarketing(
        stopped: Bool,
        of id: WhatsAppIdentityID,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws {
        _ = try await database.write(writing) { session in
            guard
                let identity = try session.execute(WhatsAppStatements.lockByID, [.id(id)]).first.map(WhatsAppRow.read)
            else { throw HubError.notFound("there is no WhatsApp identity \(id)") }
            guard identity.stoppedMarketing != stopped else { return Change(identity, nil) }
            let action = stopped ? "whatsapp.marketing_stopped" : "whatsapp.marketing_resumed"
            let event = AuditEvent(action, AuditSubject(kind: "whatsapp_identity", id: id.text))
            let values: [SQLValue] = [.id(id), .text(stopped ? "stop" : "resume"), .moment(writing.at)]
            return Change(identity, event, statements: [SQLStatement(WhatsAppStatements.setMarketing, values)])
        }
    }

    func places(of messages: [String]) async throws -> [String: WhatsAppPlace] {
        guard !messages.isEmpty else { return [:] }
        return try await database.read { session in
            var places: [String: WhatsAppPlace] = [:]
            for row in try session.execute(WhatsAppStatements.places.over(messages.map { [.text($0)] })) {
                var row = row.reader
                let id = try row.text()
                places[id] = try WhatsAppPlace(room: row.text(RoomID.init), seq: row.seq())
            }
            return places
        }
    }

    func lastInbound(in room: RoomID, upTo seq: SequenceNumber?, since moment: Timestamp) async throws -> String? {
        let values: [SQLValue] = [.id(room), .seq(seq ?? SequenceNumber(.max)), .moment(moment)]
        return try await database.read { session in
            var row = try session.execute(WhatsAppStatements.lastInbound, values).first?.reader
            return try row?.text()
        }
    }

    func place(
        _ message: String,
        at place: WhatsAppPlace,
        sentAt: Timestamp,
        context: JSONValue,
        owing file: WhatsAppFile?
    ) async throws {
        var statements = [
            SQLStatement(
                WhatsAppStatements.place,
                [.text(message), .id(place.room), .seq(place.seq), .moment(sentAt), .json(context)])
        ]
        if let file { statements.append(SQLWhatsAppFileStore.owe(file)) }
        try await database.write { [statements] session in _ = try session.finish(statements) }
    }

    /// Whom a line of the inbox names has changed.
    static func touch(_ room: RoomID, _ moment: Timestamp) -> SQLStatement {
        SQLStatement(VisitorStatements.touchConversation, [.id(room), .moment(moment)])
    }
}
