import Domain

/// Goals as the API describes and reads them.
enum ProgressGoalDescription {
    private static let value = Schema.integer(ProgressGoal.valueRange)

    static let resource = ResourceSchema(
        "ProgressGoal",
        [
            .readOnly("id", .id(ProgressGoalID.self)),
            .fixed("contact", .id(ContactID.self), "Whose goal it is."),
            .required("title", .line(200)),
            .nullable("description", .prose(10_000)),
            .required("unit", .line(40), "What values are counted in, small enough for whole numbers."),
            .optional("start_value", value, "Where it begins; 0 when not given. A target below it goes down."),
            .required("target", value),
            .readOnly("current_value", value, "What the last check-in said."),
            .readOnly("percent", .integer(0...100), "How much of the way is done, rounded down."),
            .readOnly("check_ins", .count, "How many there were."),
            .nullable("due_at", .moment, "After it an active goal is `missed`."),
            .optional("state", .choice(ProgressGoal.State.self), "`reached` comes from a check-in alone, and stays."),
            .readOnlyNullable("reached_at", .moment),
            .nullable("owner", .id(UserID.self), "The member of staff who looks after it."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let checkIn = ResourceSchema(
        "CheckIn",
        [
            .readOnly("id", .id(CheckInID.self)),
            .readOnly("goal", .id(ProgressGoalID.self)),
            .readOnly("seq", .count, "1, 2, 3, … of its goal."),
            .readOnly("at", .moment),
            .readOnly("author", .prose(1000), "The name of who made it."),
            .optional("value", value, "Where it stands. Give this or `delta`."),
            .optional("delta", .integer(-2_000_000_000_000...2_000_000_000_000), "How far it moved."),
            .nullable("note", .prose(2000)),
            .readOnly("reached", .boolean, "Whether it reached the target for the first time."),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "contact", schema: .id(ContactID.self)),
        .init(name: "owner", schema: .id(UserID.self)),
        .init(name: "state", schema: .choice(ProgressGoal.State.self)),
        .init(name: "due_before", schema: .moment),
    ]

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> ProgressGoalFilter {
        var filter = ProgressGoalFilter(scope: scope)
        filter.contact = try query.id("contact")
        filter.owner = try query.id("owner")
        filter.state = try query.choice("state")
        filter.dueBefore = try query.moment("due_before")
        return filter
    }

    static func merge(_ body: Members, into goal: inout ProgressGoal, at moment: Timestamp) throws(HubError) {
        try body.set(&goal.title, "title")
        try body.set(&goal.details, "description")
        try body.set(&goal.unit, "unit")
        try body.set(&goal.start, "start_value")
        try body.set(&goal.target, "target")
        try body.set(&goal.dueAt, "due_at")
        try body.set(&goal.owner, "owner")
        if let state: ProgressGoal.State = try body.choice("state") { try goal.become(state) }
        try goal.settle(at: moment)
    }

    /// Throws `invalid` unless one of the two ways to say it was taken.
    static func reading(_ body: Members) throws(HubError) -> CheckIn.Reading {
        switch (try body.integer("value"), try body.integer("delta")) {
        case (let value?, nil): return .value(value)
        case (nil, let delta?): return .delta(delta)
        case (nil, nil): throw .invalid([FieldProblem("/value", "conflict", "give value or delta")])
        case (_?, _?): throw .invalid([FieldProblem("/delta", "conflict", "give value or delta, not both")])
        }
    }
}
