import Domain

/// Call-backs as the API describes and reads them.
enum CallbackDescription {
    static let resource = ResourceSchema(
        "Callback",
        [
            .readOnly("id", .id(CallbackID.self)),
            .fixedNullable("contact", .id(ContactID.self)),
            .fixedNullable("conversation", .id(RoomID.self), "Where it was agreed."),
            .nullable("name", .line(200)),
            .required("phone", .line(64), "E.164; other spellings are brought into that form."),
            .required("due_at", .moment, "When the shop calls."),
            .nullable("topic", .prose(2000), "What it is about."),
            .nullable("outcome", .prose(10_000), "What came of it."),
            .optional("state", .choice(Callback.State.self), "planned → done or cancelled; cancelled → planned."),
            .nullable("owner", .id(UserID.self), "Who calls; null for whoever can."),
            .readOnly("origin", .choice(Callback.Origin.self), "Who agreed it."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(Callback.State.self)),
        .init(name: "owner", schema: .id(UserID.self)),
        .init(name: "contact", schema: .id(ContactID.self)),
        .init(name: "conversation", schema: .id(RoomID.self)),
        .init(name: "due_from", schema: .moment, note: "To be called at this moment or after it."),
        .init(name: "due_before", schema: .moment),
    ]

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> CallbackFilter {
        var filter = CallbackFilter(scope: scope)
        filter.state = try query.choice("state")
        filter.owner = try query.id("owner")
        filter.contact = try query.id("contact")
        filter.conversation = try query.id("conversation")
        filter.dueFrom = try query.moment("due_from")
        filter.dueBefore = try query.moment("due_before")
        return filter
    }

    static func merge(_ body: Members, into callback: inout Callback) throws(HubError) {
        try body.set(&callback.name, "name")
        try body.set(&callback.phone, "phone")
        try body.set(&callback.dueAt, "due_at")
        try body.set(&callback.topic, "topic")
        try body.set(&callback.outcome, "outcome")
        try body.set(&callback.owner, "owner")
        try callback.check()
        if let state: Callback.State = try body.choice("state") { try callback.move(to: state) }
    }
}
