import Domain

/// What is asked of the tables of goals.
enum GoalStatements {
    private static let select = "SELECT \(ProgressGoalRow.columns) FROM progress_goals g"

    /// Nil for what does not exist or is hidden.
    static func find(_ id: ProgressGoalID, _ scope: CRMScope, _ session: any SQLSession) throws -> ProgressGoal? {
        let scope = ScopeCondition.goals(scope)
        let text = SQLText("\(select) WHERE g.id = $1\(scope.and(2))")
        return try session.execute(text, [.id(id)] + scope.values).first.map(ProgressGoalRow.read)
    }

    /// As `find`, and nobody else changes it meanwhile.
    static func lock(_ id: ProgressGoalID, _ scope: CRMScope, _ session: any SQLSession) throws -> ProgressGoal? {
        let scope = ScopeCondition.goals(scope)
        let text = SQLText.locking("\(select) WHERE g.id = $1\(scope.and(2))", of: "g")
        return try session.execute(text, [.id(id)] + scope.values).first.map(ProgressGoalRow.read)
    }

    /// Goals that another hub has in hand are left to it.
    static let overdue: SQLText = {
        let query = "\(select) WHERE g.state = 'active' AND g.due_order <= $1 ORDER BY g.due_order, g.id LIMIT $2"
        return SQLText(sqlite: query, postgres: "\(query) FOR UPDATE OF g SKIP LOCKED")
    }()

    static let insert: SQLText = """
        INSERT INTO progress_goals (
            id, contact_id, created_ms, changed_ms, version, title, description, unit, start_value, target, due_ms,
            owner_id, current_value, check_ins, state, reached_ms, due_order, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """

    static let update: SQLText = """
        UPDATE progress_goals SET
            contact_id = $2, created_ms = $3, changed_ms = $4, version = $5, title = $6, description = $7, unit = $8,
            start_value = $9, target = $10, due_ms = $11, owner_id = $12, current_value = $13, check_ins = $14,
            state = $15, reached_ms = $16, due_order = $17, search = $18
        WHERE id = $1
        """

    static let insertCheckIn = SQLText(
        "INSERT INTO progress_check_ins (\(CheckInRow.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")

    static func list(_ request: ListRequest<ProgressGoalSort, ProgressGoalFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require(ScopeCondition.goals(filter.scope))
        list.require("g.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("g.owner_id = $?", optional: filter.owner.map { .id($0) })
        list.require("g.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("g.due_ms < $?", optional: filter.dueBefore.map { .moment($0) })
        list.search(request.search, in: "g.search")
        return list.page(select, sortedBy: "g.\(request.order.key.column)", id: "g.id", request)
    }
}

extension ProgressGoalSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        case .dueAt: "due_order"
        case .title: "title"
        }
    }
}
