import Domain

/// Short messages over either database.
struct SQLSMSStore: SMSStore {
    let database: any SQLDatabase

    func message(_ id: SMSID, scope: CRMScope) async throws -> SMSMessage {
        let scope = Self.scope(scope)
        return try await database.read { session in
            let text = SQLText("\(Self.select) WHERE s.id = $1\(scope.and(2))")
            guard let found = try session.execute(text, [.id(id)] + scope.values).first.map(SMSRow.read) else {
                throw HubError.notFound("there is no such message")
            }
            return found
        }
    }

    func messages(_ request: ListRequest<SMSSort, SMSFilter>) async throws -> ListPage<SMSMessage> {
        var list = ListStatement()
        let filter = request.filter
        list.require(Self.scope(filter.scope))
        list.require("s.direction = $?", optional: filter.direction.map { .text($0.rawValue) })
        list.require("i.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("s.phone = $?", optional: filter.phone.map { .text($0) })
        let statement = list.page(Self.select, sortedBy: "s.created_ms", id: "s.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(SMSRow.read), limit: request.limit) { message in
                ListPosition(value: .integer(message.createdAt.milliseconds), id: message.id.text)
            }
        }
    }

    func send(
        _ draft: SMSDraft,
        scope: CRMScope,
        _ writing: Writing<SMSMessage>
    ) async throws -> Written<SMSMessage> {
        try await database.write(writing) { session in
            let contact = try ContactStatements.lockNamed(draft.contact, scope, session)
            let message = SMSMessage(
                id: draft.id, direction: .outgoing, phone: try draft.recipient(of: contact), contact: contact.id,
                text: draft.text, author: draft.author, status: .queued, createdAt: writing.at)
            let entry = OutboxEntry(
                id: draft.entry, lane: .sms(to: message.phone), order: writing.at.milliseconds,
                content: .sms(message.id), at: writing.at)
            return Change(
                message, .created(message),
                statements: [
                    OutboxRow.insert.over([try OutboxRow.values(entry, session.texts)]),
                    SQLStatement(SMSRow.insert, SMSRow.values(message, entry: entry.id, providerID: nil)),
                ])
        }
    }

    func letter(_ id: SMSID) async throws -> SMSLetter? {
        try await database.read { session in
            guard var row = try session.execute(Self.words, [.id(id)]).first?.reader else { return nil }
            let (text, phone) = (try row.text(), try row.text())
            let lane = OutboxLane.sms(to: phone).description
            let known = try session.execute(Self.known, [.text(lane), .count(Self.mostKnown)]).map { row in
                var row = row.reader
                return try row.text()
            }
            return SMSLetter(text: text, known: Set(known))
        }
    }

    func receive(_ received: ReceivedSMS) async throws -> SMSMessage {
        try await database.write { session in
            let phone: [SQLValue] = [.text(received.phone)]
            var row = try session.execute(Self.conversation, phone).first?.reader
            let message = SMSMessage(
                id: received.id, direction: .incoming, phone: received.phone,
                conversation: try row?.text(RoomID.init), text: received.text, createdAt: received.at)
            _ = try session.execute(
                SMSRow.insert, SMSRow.values(message, entry: nil, providerID: received.providerID))
            let kept = try session.execute(Self.byProvider, [.text(received.providerID)]).first
            guard let kept else { throw HubError(.internal, "A message that was kept is not there.") }
            return try SMSRow.read(kept)
        }
    }

    private static func scope(_ scope: CRMScope) -> ScopeCondition {
        .withContact(scope, "i.contact_id", owner: "s.author_id")
    }

    /// As many messages of one phone as the provider is asked for.
    private static let mostKnown = 50

    private static let select = "SELECT \(SMSRow.columns) FROM \(SMSRow.tables)"

    private static let byProvider = SQLText("\(select) WHERE s.provider_id = $1")

    /// An erased message has no phone.
    private static let words: SQLText = "SELECT body, phone FROM sms_messages WHERE id = $1 AND phone <> ''"

    private static let known: SQLText = """
        SELECT provider_id FROM outbox WHERE lane = $1 AND provider_id IS NOT NULL ORDER BY created_ms DESC LIMIT $2
        """

    /// Of the contact whose phone it is, the one that changed last; of a visitor only when the site vouched for them.
    private static let conversation: SQLText = """
        SELECT r.id FROM crm_identities p JOIN crm_identities i ON i.contact_id = p.contact_id
            JOIN rooms r ON r.id IN (
                SELECT w.room_id FROM whatsapp_identities w
                WHERE w.contact_kind = i.kind AND w.contact_value = i.value AND w.erased_ms IS NULL
                UNION ALL SELECT q.id FROM rooms q JOIN visitors v ON v.id = q.visitor_id
                WHERE i.kind = 'visitor' AND q.visitor_id = i.value AND v.verified_user_id IS NOT NULL
            )
        WHERE p.kind = 'phone' AND p.value = $1 ORDER BY r.changed_ms DESC, r.id LIMIT 1
        """
}
