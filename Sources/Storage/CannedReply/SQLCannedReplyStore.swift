import Domain

/// Canned replies over either database.
struct SQLCannedReplyStore: CannedReplyStore {
    let database: any SQLDatabase

    func reply(_ id: CannedReplyID) async throws -> CannedReplyEntry? {
        try await database.lookup { session in
            try session.execute(Self.byID, [.id(id)]).first.map(CannedReplyRow.read)
        }
    }

    func replies(
        _ request: ListRequest<CannedReplySort, CannedReplyFilter>
    ) async throws -> ListPage<CannedReplyEntry> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(CannedReplyRow.read), limit: request.limit) { entry in
                entry.position(by: request.order.key)
            }
        }
    }

    func add(
        _ entry: CannedReplyEntry,
        _ writing: Writing<CannedReplyEntry>
    ) async throws -> Written<CannedReplyEntry> {
        try await database.write(writing) { session in
            try Self.check(entry.team, session)
            guard try !session.execute(CannedReplyRow.insert(entry)).isEmpty else { throw Self.taken }
            return Change(entry, .created(entry))
        }
    }

    func change(
        _ id: CannedReplyID,
        expected: Int64?,
        _ writing: Writing<CannedReplyEntry>,
        _ change: @escaping @Sendable (inout CannedReplyEntry) throws -> Void
    ) async throws -> CannedReplyEntry {
        try await database.write(writing) { session in
            let old = try Self.locked(id, expected: expected, session)
            var new = old
            try change(&new)
            guard let event = AuditEvent.changed(old, to: new) else { return Change(old, nil) }
            new.touch(at: writing.at)
            if new.team != old.team { try Self.check(new.team, session) }
            let key = CannedReplyRow.key(new.reply.shortcut)
            guard try session.execute(Self.others, [.id(id), .text(key)]).isEmpty else { throw Self.taken }
            return Change(new, event, statements: [CannedReplyRow.update(new)])
        }.value()
    }

    func remove(_ id: CannedReplyID, expected: Int64?, _ writing: Writing<CannedReplyEntry>) async throws {
        _ = try await database.write(writing) { session in
            let entry = try Self.locked(id, expected: expected, session)
            let delete = SQLStatement("DELETE FROM canned_replies WHERE id = $1", [.id(id)])
            return Change(entry, .removed(entry), statements: [delete])
        }
    }

    /// Throws `not_found` or `stale`.
    private static func locked(
        _ id: CannedReplyID,
        expected: Int64?,
        _ session: any SQLSession
    ) throws -> CannedReplyEntry {
        guard let entry = try session.execute(lock, [.id(id)]).first.map(CannedReplyRow.read) else {
            throw HubError.notFound("there is no such canned reply")
        }
        try entry.require(expected)
        return entry
    }

    private static func check(_ team: TeamID?, _ session: any SQLSession) throws {
        guard let team else { return }
        guard try !session.execute("SELECT 1 FROM teams WHERE id = $1", [.id(team)]).isEmpty else {
            throw HubError.invalid([FieldProblem("/team", "conflict", "\(team) is no team")])
        }
    }

    private static let taken = HubError.conflict("another canned reply has this shortcut")

    // MARK: Statements

    private static let byID = SQLText("SELECT \(CannedReplyRow.columns) FROM canned_replies c WHERE c.id = $1")

    private static let lock = SQLText.locking(
        "SELECT \(CannedReplyRow.columns) FROM canned_replies c WHERE c.id = $1", of: "c")

    private static let others: SQLText = "SELECT 1 FROM canned_replies WHERE id <> $1 AND shortcut_key = $2 LIMIT 1"

    private static func list(_ request: ListRequest<CannedReplySort, CannedReplyFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("c.team_id = $?", optional: filter.team.map { .id($0) })
        list.require("c.shortcut_key = $?", optional: filter.shortcut.map { .text(CannedReplyRow.key($0)) })
        list.require(
            """
            (c.team_id IS NULL OR EXISTS (
                SELECT 1 FROM team_members m WHERE m.team_id = c.team_id AND m.user_id = $?))
            """,
            optional: filter.usableBy.map { .id($0) }
        )
        list.search(request.search, in: "c.search")
        return list.page(
            "SELECT \(CannedReplyRow.columns) FROM canned_replies c",
            sortedBy: "c.\(request.order.key.column)",
            id: "c.id",
            request
        )
    }
}

extension CannedReplySort {
    fileprivate var column: String {
        switch self {
        case .shortcut: "shortcut"
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        }
    }
}

extension CannedReplyEntry {
    fileprivate func position(by key: CannedReplySort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .shortcut: .text(reply.shortcut)
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            }
        return ListPosition(value: value, id: id.text)
    }
}
