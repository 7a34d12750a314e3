import Domain

/// Digital codes over either database.
///
/// A product's row is locked before its codes are read, so two that want the same code come one after the other, and
/// the second sees what the first left.
struct SQLCodeStore: CodeStore {
    let database: any SQLDatabase
    let now: @Sendable () -> Timestamp

    /// Codes that change in one transaction, at most.
    static let maxChanges = 1000

    func code(_ id: CodeID) async throws -> DigitalCode? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(CodeRow.read)
        }
    }

    func codes(_ request: ListRequest<CodeSort, CodeFilter>) async throws -> ListPage<DigitalCode> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(CodeRow.read), limit: request.limit) { code in
                code.position(by: request.order.key)
            }
        }
    }

    // MARK: Changing

    func change(
        _ selection: CodeSelection,
        _ change: CodeChange,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]> {
        try await database.write(writing) { session in
            let codes = try Self.locked(selection, session)
            try Self.checkConversation(of: change.recipient, session)
            let changes = try CodeChanges(change, of: codes, by: writing.actor, at: writing.at)
            return Change(changes.codes, events: changes.events, statements: changes.statements)
        }
    }

    func reveal(_ id: CodeID, _ writing: Writing<SealedCode>) async throws -> SealedCode {
        try await database.write(writing) { session in
            guard var row = try session.execute(Self.sealedByID, [.id(id)]).first?.reader else { throw Self.unknown }
            let code = try CodeRow.read(&row)
            let found = SealedCode(code: code, sealed: try row.sealedSecret())
            return Change(found, events: [AuditEvent("code.revealed", code.subject)])
        }.value()
    }

    func sealed(_ ids: [CodeID]) async throws -> [SealedSecret] {
        try await database.read { session in
            try ids.map { id in
                guard var row = try session.execute(Self.sealedByID, [.id(id)]).first?.reader else {
                    throw Self.unknown
                }
                _ = try CodeRow.read(&row)
                return try row.sealedSecret()
            }
        }
    }

    func handOver(_ handOver: CodeHandOver, _ writing: Writing<HandedOver>) async throws -> Written<HandedOver> {
        try await database.write(writing) { [now] session in
            // Products before rooms: nobody locks them the other way round.
            let codes = try Self.locked(.several(handOver.codes), session)
            let recipient = CodeRecipient.conversation(handOver.room)
            guard codes.allSatisfy({ $0.state.name == .reserved && $0.recipient == recipient }) else {
                throw HubError.conflict("a code is not reserved for this conversation any more: try again")
            }
            return try Self.sell(
                codes, with: handOver.message, in: handOver.room, by: writing.actor, at: now(), "handed_over", session)
        }
    }

    /// Sells locked codes with the message that holds them.
    ///
    /// - Parameter action: What it is called in the audit log.
    static func sell(
        _ codes: [DigitalCode],
        with message: Draft,
        in room: RoomID,
        by actor: AuditActor,
        at moment: Timestamp,
        _ action: String,
        _ session: any SQLSession
    ) throws -> Change<HandedOver> {
        let batch = try AppendBatch([AppendRequest(room: room, drafts: [message])])
        let found = try AppendStatements.read(batch, session)
        guard found.rooms[room]?.room.kind == .conversation else {
            throw HubError.notFound("there is no such conversation")
        }
        let decision = batch.decide(found, now: moment)
        guard case .appended(let seq, let at)? = decision.results.first?.outcomes.first else {
            throw refusal(decision)
        }
        let changes = try CodeChanges(CodeChange(.sell), of: codes, by: actor, at: moment, action: action)
        let head = decision.results.first?.room?.head ?? seq
        return Change(
            HandedOver(codes: changes.codes, room: room, seq: seq, at: at, head: head),
            events: changes.events,
            statements: try AppendStatements.writes(of: decision, session.dialect) + changes.statements
        )
    }

    private static func refusal(_ decision: AppendBatch.Decision) -> HubError {
        guard case .rejected(let error)? = decision.results.first?.outcomes.first else {
            return .conflict("the message was sent before")
        }
        return error
    }

    // MARK: Time

    func settle(at moment: Timestamp) async throws -> Int {
        let due = try await database.read { session in
            try session.execute(Self.dueProducts, [.moment(moment), .count(Self.maxChanges)]).map(Self.readProduct)
        }
        var count = 0
        for product in due {
            // A part at a time: the lock is let go in between.
            while true {
                let changed = try await settle(product, at: moment)
                count += changed
                if changed < Self.settledAtOnce { break }
            }
        }
        return count
    }

    /// Codes of each kind that are settled in one transaction.
    private static let settledAtOnce = 200

    private func settle(_ product: ProductID, at moment: Timestamp) async throws -> Int {
        try await database.write(Writing<Int>(by: .system, at: moment)) { session in
            let values: [SQLValue] = [.id(product), .moment(moment), .count(Self.settledAtOnce)]
            let found = try session.batch([
                Self.lockProducts.over([[.id(product)]]),
                SQLStatement(Self.lapsedOfProduct, values),
                SQLStatement(Self.expiredOfProduct, values),
            ])
            let codes = try (found[1] + found[2]).map(CodeRow.read)
            let changes = try CodeChanges(CodeChange(.timePassed), of: codes, by: .system, at: moment)
            return Change(codes.count, events: changes.events, statements: changes.statements)
        }.value()
    }
}

extension SQLRowReader {
    fileprivate mutating func sealedSecret() throws(HubError) -> SealedSecret {
        guard let sealed = SealedSecret(try text()) else { throw .cannotOpenSecret }
        return sealed
    }
}

extension DigitalCode {
    fileprivate func position(by key: CodeSort) -> ListPosition {
        let value =
            switch key {
            case .createdAt: createdAt.milliseconds
            case .expiresAt: expiresAt?.milliseconds ?? CodeRow.never
            }
        return ListPosition(value: .integer(value), id: id.text)
    }
}
