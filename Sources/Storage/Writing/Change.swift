import Domain

/// What a write decided: its result, what to write down about it, and statements that go with the commit.
struct Change<Value: Sendable>: Sendable {
    let value: Value
    let events: [AuditEvent]
    let statements: [SQLStatement]

    init(_ value: Value, events: [AuditEvent], statements: [SQLStatement] = []) {
        self.value = value
        self.events = events
        self.statements = statements
    }

    /// `event` is nil when nothing changed.
    init(_ value: Value, _ event: AuditEvent?, statements: [SQLStatement] = []) {
        self.init(value, events: event.map { [$0] } ?? [], statements: statements)
    }
}

extension Change where Value: Auditable & Versioned {
    /// What an edit makes of a value; nothing is written when it stays as it was.
    ///
    /// Throws `stale` when `old` is not of the version that the caller read, and what the closures throw.
    /// - Parameter writes: Checks the new value against what else there is, and says what writes it down.
    init(
        of old: Value,
        expected: Int64?,
        at moment: Timestamp,
        _ edit: (inout Value) throws -> Void,
        writes: (Value) throws -> [SQLStatement]
    ) throws {
        try old.require(expected)
        var new = old
        try edit(&new)
        guard let event = AuditEvent.changed(old, to: new) else {
            self.init(old, nil)
            return
        }
        new.touch(at: moment)
        self.init(new, event, statements: try writes(new))
    }
}

extension SQLDatabase {
    /// One transaction: takes the idempotency key, runs `body`, writes down what it did, keeps the answer.
    ///
    /// Throws what `body` throws, and then nothing of it happened; `keyReused` for a key that came before with
    /// another request.
    func write<Value>(
        _ writing: Writing<Value>,
        _ body: @escaping @Sendable (any SQLSession) throws -> Change<Value>
    ) async throws -> Written<Value> {
        try await write { session in
            if let once = writing.once, let earlier = try AnswerStatements.take(once, at: writing.at, session) {
                return .repeated(earlier)
            }
            let change = try body(session)
            var last = change.statements
            if let once = writing.once { last.append(AnswerStatements.keep(once.answer(change.value), for: once)) }
            // The head of the audit log is locked last and for the commit alone: all writes pass through it.
            last += try AuditTrail.append(change.events, by: writing.actor, at: writing.at, session)
            if !last.isEmpty { _ = try session.finish(last) }
            return .done(change.value)
        }
    }
}
