import Domain

/// Call-backs over either database.
struct SQLCallbackStore: CallbackStore {
    let database: any SQLDatabase

    func callback(_ id: CallbackID, scope: CRMScope) async throws -> Callback {
        try await database.read { session in try Self.find(id, scope, isLocked: false, session) }
    }

    func callbacks(_ request: ListRequest<CallbackSort, CallbackFilter>) async throws -> ListPage<Callback> {
        var list = ListStatement()
        let filter = request.filter
        list.require(ScopeCondition.withContact(filter.scope, "b.contact_id", owner: "b.owner_id"))
        list.require("b.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("b.owner_id = $?", optional: filter.owner.map { .id($0) })
        list.require("b.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("b.conversation = $?", optional: filter.conversation.map { .id($0) })
        list.require("b.due_ms", from: filter.dueFrom, before: filter.dueBefore)
        list.search(request.search, in: "b.search")
        let statement = list.page(Self.select, sortedBy: request.order.key.column, id: "b.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(CallbackRow.read), limit: request.limit) { callback in
                callback.position(by: request.order.key)
            }
        }
    }

    func add(_ callback: Callback, scope: CRMScope, _ writing: Writing<Callback>) async throws -> Written<Callback> {
        try await database.write(writing) { session in
            // A merge that moves the contact's call-backs must not miss this one.
            if let contact = callback.contact { _ = try ContactStatements.lockNamed(contact, scope, session) }
            try ConversationCheck.check(callback.conversation, session)
            try StaffCheck.checkOwner(callback.owner, session)
            guard try !session.execute(CallbackRow.insert(callback)).isEmpty else { throw Self.taken }
            let owed = try CalendarStatements.owed(for: nil, callback, at: writing.at, session)
            return Change(callback, .created(callback), statements: owed)
        }
    }

    func change(
        _ id: CallbackID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Callback>,
        _ change: @escaping @Sendable (inout Callback) throws -> Void
    ) async throws -> Callback {
        try await database.write(writing) { session in
            let old = try Self.find(id, scope, isLocked: true, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                if new.owner != old.owner { try StaffCheck.checkOwner(new.owner, session) }
                let isTaken = try new.conversation.map { room in
                    try new.state == .planned
                        && !session.execute(Self.other, [.id(room), .moment(new.dueAt), .id(id)]).isEmpty
                }
                guard isTaken != true else { throw Self.taken }
                return [CallbackRow.update(new)]
                    + (try CalendarStatements.owed(for: old, new, at: writing.at, session))
            }
        }.value()
    }

    private static func find(
        _ id: CallbackID,
        _ scope: CRMScope,
        isLocked: Bool,
        _ session: any SQLSession
    ) throws -> Callback {
        let scope = ScopeCondition.withContact(scope, "b.contact_id", owner: "b.owner_id")
        let text = "\(select) WHERE b.id = $1\(scope.and(2))"
        let rows = try session.execute(isLocked ? .locking(text, of: "b") : SQLText(text), [.id(id)] + scope.values)
        guard let callback = try rows.first.map(CallbackRow.read) else {
            throw HubError.notFound("there is no such call-back")
        }
        return callback
    }

    private static let taken = HubError.conflict("a call-back is planned for this time in this conversation")

    private static let select = "SELECT \(CallbackRow.columns) FROM callbacks b"

    private static let other: SQLText =
        "SELECT 1 FROM callbacks WHERE conversation = $1 AND due_ms = $2 AND state = 'planned' AND id <> $3"
}

extension CallbackSort {
    fileprivate var column: String {
        switch self {
        case .dueAt: "b.due_ms"
        case .createdAt: "b.created_ms"
        }
    }
}

extension Callback {
    fileprivate func position(by key: CallbackSort) -> ListPosition {
        let moment =
            switch key {
            case .dueAt: dueAt
            case .createdAt: createdAt
            }
        return ListPosition(value: .integer(moment.milliseconds), id: id.text)
    }
}
