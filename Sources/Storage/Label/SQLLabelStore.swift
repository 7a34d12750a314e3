import Domain

/// Labels over either database.
struct SQLLabelStore: LabelStore {
    let database: any SQLDatabase

    func label(_ id: LabelID) async throws -> Label? {
        try await database.lookup { session in
            try session.execute(Self.byID, [.id(id)]).first.map(LabelRow.read)
        }
    }

    func labels(_ request: ListRequest<LabelSort, LabelFilter>) async throws -> ListPage<Label> {
        var list = ListStatement()
        list.search(request.search, in: "d.search")
        let statement = list.page(
            "SELECT \(LabelRow.columns) FROM labels d",
            sortedBy: "d.\(request.order.key.column)",
            id: "d.id",
            request
        )
        return try await database.read { session in
            ListPage(try session.execute(statement).map(LabelRow.read), limit: request.limit) { label in
                label.position(by: request.order.key)
            }
        }
    }

    func add(_ label: Label, _ writing: Writing<Label>) async throws -> Written<Label> {
        try await database.write(writing) { session in
            guard try !session.execute(LabelRow.insert(label)).isEmpty else { throw Self.taken }
            return Change(label, .created(label))
        }
    }

    func change(
        _ id: LabelID,
        expected: Int64?,
        _ writing: Writing<Label>,
        _ change: @escaping @Sendable (inout Label) throws -> Void
    ) async throws -> Label {
        try await database.write(writing) { session in
            let old = try Self.locked(id, expected: expected, session)
            var new = old
            try change(&new)
            guard let event = AuditEvent.changed(old, to: new) else { return Change(old, nil) }
            new.touch(at: writing.at)
            let key = SQLValue.text(LabelRow.key(new))
            guard try session.execute(Self.others, [.id(id), key]).isEmpty else { throw Self.taken }
            return Change(new, event, statements: [LabelRow.update(new), Self.touch(id, at: writing.at)])
        }.value()
    }

    func remove(_ id: LabelID, expected: Int64?, _ writing: Writing<Label>) async throws {
        _ = try await database.write(writing) { session in
            let label = try Self.locked(id, expected: expected, session)
            return Change(
                label,
                .removed(label),
                statements: [
                    Self.touch(id, at: writing.at), SQLStatement("DELETE FROM labels WHERE id = $1", [.id(id)]),
                ]
            )
        }
    }

    /// The lines of the inbox that show a label have changed: whoever has them open is told.
    private static func touch(_ id: LabelID, at moment: Timestamp) -> SQLStatement {
        SQLStatement(touchCarriers, [.id(id), .moment(moment)])
    }

    /// Throws `not_found` or `stale`. The conversations that carry it are locked first, as `put` locks them.
    private static func locked(_ id: LabelID, expected: Int64?, _ session: any SQLSession) throws -> Label {
        _ = try session.execute(lockCarriers, [.id(id)])
        guard let label = try session.execute(lock, [.id(id)]).first.map(LabelRow.read) else {
            throw HubError.notFound("there is no such label")
        }
        try label.require(expected)
        return label
    }

    private static let taken = HubError.conflict("another label has this name")

    // MARK: Statements

    private static let byID = SQLText("SELECT \(LabelRow.columns) FROM labels d WHERE d.id = $1")

    private static let lock = SQLText.locking("SELECT \(LabelRow.columns) FROM labels d WHERE d.id = $1", of: "d")

    private static let lockCarriers = SQLText.locking(
        """
        SELECT r.id FROM conversation_labels x JOIN rooms r ON r.id = x.room_id WHERE x.label_id = $1 ORDER BY r.id
        """,
        of: "r"
    )

    private static let touchCarriers: SQLText = """
        UPDATE rooms SET changed_ms = CASE WHEN changed_ms > $2 THEN changed_ms ELSE $2 END
        WHERE id IN (SELECT x.room_id FROM conversation_labels x WHERE x.label_id = $1)
        """

    private static let others: SQLText = "SELECT 1 FROM labels WHERE id <> $1 AND name_key = $2 LIMIT 1"
}

extension LabelSort {
    fileprivate var column: String {
        switch self {
        case .name: "name_ar"
        case .createdAt: "created_ms"
        }
    }
}

extension Label {
    fileprivate func position(by key: LabelSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .name: .text(nameAr)
            case .createdAt: .integer(createdAt.milliseconds)
            }
        return ListPosition(value: value, id: id.text)
    }
}
