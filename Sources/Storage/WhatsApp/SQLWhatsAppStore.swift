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

    func joined(to id: WhatsAppIdentityID) async throws -> [WhatsAppJoinedIdentity] {
        try await database.read { session in
            try session.execute(WhatsAppStatements.joined, [.id(id)]).map(WhatsAppRow.readJoined)
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

    /// Whom a line of the inbox names has changed.
    static func touch(_ room: RoomID, _ moment: Timestamp) -> SQLStatement {
        SQLStatement(VisitorStatements.touchConversation, [.id(room), .moment(moment)])
    }
}
