import Domain

/// Goals over either database.
struct SQLProgressStore: ProgressStore {
    let database: any SQLDatabase

    func goal(_ id: ProgressGoalID, scope: CRMScope) async throws -> ProgressGoal? {
        try await database.read { session in try GoalStatements.find(id, scope, session) }
    }

    func goals(_ request: ListRequest<ProgressGoalSort, ProgressGoalFilter>) async throws -> ListPage<ProgressGoal> {
        let statement = GoalStatements.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(ProgressGoalRow.read), limit: request.limit) { goal in
                goal.position(by: request.order.key)
            }
        }
    }

    func add(
        _ goal: ProgressGoal,
        scope: CRMScope,
        _ writing: Writing<ProgressGoal>
    ) async throws -> Written<ProgressGoal> {
        try await database.write(writing) { session in
            _ = try ContactStatements.lockNamed(goal.contact, scope, session)
            try StaffCheck.checkOwner(goal.owner, session)
            let insert = SQLStatement(GoalStatements.insert, ProgressGoalRow.values(goal))
            return Change(goal, .created(goal), statements: [insert])
        }
    }

    func change(
        _ id: ProgressGoalID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<ProgressGoal>,
        _ change: @escaping @Sendable (inout ProgressGoal) throws -> Void
    ) async throws -> ProgressGoal {
        try await database.write(writing) { session in
            let old = try Self.locked(id, scope, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                if new.owner != old.owner { try StaffCheck.checkOwner(new.owner, session) }
                return [SQLStatement(GoalStatements.update, ProgressGoalRow.values(new))]
            }
        }.value()
    }

    func remove(
        _ id: ProgressGoalID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<ProgressGoal>
    ) async throws {
        _ = try await database.write(writing) { session in
            let goal = try Self.locked(id, scope, session)
            try goal.require(expected)
            return Change(
                goal,
                .removed(goal),
                statements: [
                    SQLStatement("DELETE FROM progress_check_ins WHERE goal_id = $1", [.id(id)]),
                    SQLStatement("DELETE FROM progress_goals WHERE id = $1", [.id(id)]),
                ]
            )
        }
    }

    func checkIn(
        _ id: ProgressGoalID,
        scope: CRMScope,
        _ writing: Writing<CheckIn>,
        _ step: @escaping @Sendable (inout ProgressGoal) throws -> CheckIn
    ) async throws -> Written<CheckIn> {
        try await database.write(writing) { session in
            let old = try Self.locked(id, scope, session)
            var new = old
            let made = try step(&new)
            new.touch(at: writing.at)
            var events = [
                AuditEvent(
                    "goal.checked_in",
                    new.subject,
                    before: .object(["current_value": .integer(old.current)]),
                    after: .object(["current_value": .integer(new.current)])
                )
            ]
            if made.isReaching {
                events.append(
                    AuditEvent(
                        "goal.reached", new.subject, after: .object(["reached_at": .optional(new.reachedAt)])))
            }
            return Change(
                made,
                events: events,
                statements: [
                    SQLStatement(GoalStatements.insertCheckIn, CheckInRow.values(made)),
                    SQLStatement(GoalStatements.update, ProgressGoalRow.values(new)),
                ]
            )
        }
    }

    func checkIns(
        of goal: ProgressGoalID,
        scope: CRMScope,
        _ request: ListRequest<CheckInSort, Void>
    ) async throws -> ListPage<CheckIn> {
        var list = ListStatement()
        list.require("goal_id = $?", .id(goal))
        let statement = list.page(
            "SELECT \(CheckInRow.columns) FROM progress_check_ins", sortedBy: "seq", id: nil, request)
        return try await database.snapshot { session in
            guard try GoalStatements.find(goal, scope, session) != nil else { throw Self.unknown }
            return ListPage(try session.execute(statement).map(CheckInRow.read), limit: request.limit) { step in
                ListPosition(value: .integer(step.seq), id: step.id.text)
            }
        }
    }

    func missOverdue(at moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write(Writing<Int>(by: .system, at: moment)) { session in
            let overdue = try session.execute(GoalStatements.overdue, [.moment(moment), .count(limit)])
                .map(ProgressGoalRow.read)
            var (events, statements): ([AuditEvent], [SQLStatement]) = ([], [])
            for old in overdue where old.isOverdue(at: moment) {
                var new = old
                try new.become(.missed)
                new.touch(at: moment)
                if let event = AuditEvent.changed(old, to: new) { events.append(event) }
                statements.append(SQLStatement(GoalStatements.update, ProgressGoalRow.values(new)))
            }
            return Change(statements.count, events: events, statements: statements)
        }.value()
    }

    /// Throws `not_found`.
    private static func locked(
        _ id: ProgressGoalID,
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> ProgressGoal {
        guard let goal = try GoalStatements.lock(id, scope, session) else { throw unknown }
        return goal
    }

    private static let unknown = HubError.notFound("there is no such goal")
}

extension ProgressGoal {
    fileprivate func position(by key: ProgressGoalSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .dueAt: .integer(dueOrder)
            case .title: .text(title)
            }
        return ListPosition(value: value, id: id.text)
    }
}
