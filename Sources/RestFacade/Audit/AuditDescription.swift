import Domain

/// The audit log as the API describes and reads it.
enum AuditDescription {
    private static let name = Schema.prose(200)

    static let resource = ResourceSchema(
        "Log",
        [
            .readOnly("seq", .count, "1, 2, 3, … without a gap."),
            .readOnly("at", .moment),
            .readOnly("actor_kind", .choice(AuditActor.Kind.self)),
            .readOnly("actor_id", name, "The user, token or visitor; empty for the others."),
            .readOnly("actor_name", .prose(1000)),
            .readOnlyNullable("address", .line(64)),
            .readOnlyNullable("request_id", .line(200), "X-Request-ID of the answer."),
            .readOnly("action", .line(100), "`product.created`: the kind of the subject and what happened to it."),
            .readOnly("subject_kind", name),
            .readOnly("subject_id", name),
            .readOnlyNullable("before", .anyObject, "The members that changed, as they were."),
            .readOnlyNullable("after", .anyObject, "The members that changed, as they became."),
            .readOnly("hash", .line(64...64), "Binds the row to the one before it."),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "actor", schema: .line(64), note: "The id of a user, token or visitor."),
        .init(name: "actor_kind", schema: .choice(AuditActor.Kind.self)),
        .init(name: "action", schema: .text(.key(100)), note: "Ends in a dot for all that begin so: `product.`"),
        .init(name: "subject_kind", schema: .line(64)),
        .init(name: "subject", schema: .line(200), note: "The id of what it was done to."),
        .init(name: "from", schema: .moment),
        .init(name: "to", schema: .moment, note: "Exclusive."),
    ]

    static func filter(_ query: Members) throws(HubError) -> AuditFilter {
        var filter = AuditFilter()
        filter.actorID = try query.text("actor")
        filter.actorKind = try query.choice("actor_kind")
        if let action = try query.text("action") {
            if action.hasSuffix(".") { filter.actionPrefix = action } else { filter.action = action }
        }
        filter.subjectKind = try query.text("subject_kind")
        filter.subjectID = try query.text("subject")
        filter.from = try query.moment("from")
        filter.to = try query.moment("to")
        return filter
    }
}
