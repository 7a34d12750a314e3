import Domain

/// Goals as their table stores them.
enum ProgressGoalRow {
    /// Of the table named `g`.
    static let columns = """
        g.id, g.contact_id, g.created_ms, g.changed_ms, g.version, g.title, g.description, g.unit, g.start_value,
        g.target, g.due_ms, g.owner_id, g.current_value, g.check_ins, g.state, g.reached_ms
        """

    static func read(_ row: SQLRow) throws(HubError) -> ProgressGoal {
        var row = row.reader
        var goal = ProgressGoal(
            id: try row.text(ProgressGoalID.init), contact: try row.text(ContactID.init), at: try row.moment())
        goal.changedAt = try row.moment()
        goal.version = try row.integer()
        goal.title = try row.text()
        goal.details = try row.optionalText()
        goal.unit = try row.text()
        goal.start = try row.integer()
        goal.target = try row.integer()
        goal.dueAt = try row.optionalMoment()
        goal.owner = try row.optionalText(UserID.init)
        return ProgressGoal(
            goal,
            current: try row.integer(),
            checkIns: try row.integer(),
            state: try row.text(ProgressGoal.State.init),
            reachedAt: try row.optionalMoment()
        )
    }

    /// In the order of `columns`, then what is sorted by and the text to search.
    static func values(_ goal: ProgressGoal) -> [SQLValue] {
        [
            .id(goal.id), .id(goal.contact), .moment(goal.createdAt), .moment(goal.changedAt), .integer(goal.version),
            .text(goal.title), .optional(goal.details), .text(goal.unit), .integer(goal.start),
            .integer(goal.target), .optional(goal.dueAt), .optional(goal.owner?.text), .integer(goal.current),
            .integer(goal.checkIns), .text(goal.state.rawValue), .optional(goal.reachedAt),
            .integer(goal.dueOrder), .text(SearchText.fold(goal.searchText)),
        ]
    }
}

extension ProgressGoal {
    /// Never null, so that lists can be sorted by it.
    var dueOrder: Int64 { dueAt?.milliseconds ?? .max }
}

/// Steps as their table stores them.
enum CheckInRow {
    static let columns = "id, goal_id, seq, at_ms, author_name, value, delta, note, reaching"

    static func read(_ row: SQLRow) throws(HubError) -> CheckIn {
        var row = row.reader
        return CheckIn(
            id: try row.text(CheckInID.init),
            goal: try row.text(ProgressGoalID.init),
            seq: try row.integer(),
            at: try row.moment(),
            author: try row.text(),
            value: try row.integer(),
            delta: try row.integer(),
            note: try row.optionalText(),
            isReaching: try row.flag()
        )
    }

    /// In the order of `columns`.
    static func values(_ step: CheckIn) -> [SQLValue] {
        [
            .id(step.id), .id(step.goal), .integer(step.seq), .moment(step.at), .text(step.author),
            .integer(step.value), .integer(step.delta), .optional(step.note), .flag(step.isReaching),
        ]
    }
}
