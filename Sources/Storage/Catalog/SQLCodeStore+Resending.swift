import Domain

/// Codes for whoever owns them already.
extension SQLCodeStore {
    func owned(byCustomerIn room: RoomID, order: String?, limit: Int) async throws -> [OwnedCode] {
        try await database.snapshot { session in try Self.owned(room, order, limit, session) }
    }

    func known(_ fingerprints: [String]) async throws -> [String] {
        guard !fingerprints.isEmpty else { return [] }
        return try await database.read { session in
            try session.execute(Self.known.over(fingerprints.map { [.text($0)] })).map { row in
                var row = row.reader
                return try row.text()
            }
        }
    }

    func sendAgain(_ resend: CodeResend, _ writing: Writing<HandedOver>) async throws -> Written<HandedOver> {
        try await database.write(writing) { [now] session in
            // Products before rooms: nobody locks them the other way round.
            let codes = try Self.locked(.several(resend.codes), session)
            let owned = try Set(Self.owned(resend.room, nil, Self.maxChanges, session).map(\.code.id))
            guard codes.allSatisfy({ owned.contains($0.id) }) else {
                throw HubError.conflict("a code is not this customer's any more")
            }
            let batch = try AppendBatch([AppendRequest(room: resend.room, drafts: [resend.message])])
            let found = try AppendStatements.read(batch, session)
            guard let room = found.rooms[resend.room]?.room, room.kind == .conversation else {
                throw HubError.notFound("there is no such conversation")
            }
            let moment = now()
            let decision = batch.decide(found, now: moment)
            guard let result = decision.results.first, let outcome = result.outcomes.first else {
                throw HubError(.internal, "An append of one message has no outcome.")
            }
            switch outcome {
            case .rejected(let error):
                throw error
            case .duplicate(let seq, let at):
                return Change(
                    HandedOver(codes: codes, room: room.id, seq: seq, at: at, head: room.head), nil)
            case .appended(let seq, let at):
                let before = try session.execute(
                    Self.sendings, [.id(resend.room), .moment(moment - resend.period)]
                ).count
                guard before < resend.maxSendings else {
                    throw HubError(.rateLimited, "these codes were sent \(before) times lately: look above")
                }
                return Change(
                    HandedOver(codes: codes, room: room.id, seq: seq, at: at, head: result.room?.head ?? seq),
                    events: codes.map { code in
                        AuditEvent(
                            "code.revealed", code.subject,
                            after: ["conversation": .string(room.id.text), "seq": .integer(seq.value)])
                    },
                    statements: try AppendStatements.writes(of: decision, session.dialect)
                )
            }
        }
    }

    /// Newest first.
    private static func owned(
        _ room: RoomID,
        _ order: String?,
        _ limit: Int,
        _ session: any SQLSession
    ) throws -> [OwnedCode] {
        let contact = try CustomerStatements.contact(in: room, session)
        let values: [SQLValue] = [
            .id(room), .optional(contact?.text), .optional(order.map(Order.key(of:))), .count(limit),
        ]
        return try session.execute(ownedByCustomer, values).map { row in
            var row = row.reader
            let code = try CodeRow.read(&row)
            return OwnedCode(code: code, product: try row.text())
        }
    }

    // MARK: Statements

    /// What was sold into the conversation, and what was sold to the orders of its customer.
    private static let ownedByCustomer = SQLText(
        """
        SELECT \(CodeRow.columns), p.name_ar FROM codes c JOIN products p ON p.id = c.product_id
            LEFT JOIN orders o ON o.number = c.order_ref
        WHERE c.state = 'sold' AND (c.conversation = $1 OR o.conversation = $1 OR o.contact_id = $2)
            AND (CAST($3 AS TEXT) IS NULL OR o.number_key = $3) AND \(CodeRow.isVisible)
        ORDER BY c.changed_ms DESC, c.id LIMIT $4
        """
    )

    private static let known = SQLBulk(
        [.text("fingerprint")],
        "SELECT c.fingerprint FROM k CROSS JOIN codes c WHERE c.fingerprint = k.fingerprint")

    private static let sendings = SQLText(
        """
        SELECT e.seq FROM room_events e WHERE e.room_id = $1 AND e.author_kind = 'assistant' AND e.type = 'msg'
            AND e.mid LIKE '\(MID.codesPrefix)%' AND e.at_ms > $2
        """
    )
}
