import Domain

/// Training programs as the API describes and reads them.
enum TrainingDescription {
    static let program = ResourceSchema(
        "TrainingProgram",
        [
            .readOnly("id", .id(TrainingProgramID.self)),
            .required("title_ar", .line(200)),
            .nullable("title_en", .line(200)),
            .nullable("description_ar", .prose(10_000)),
            .nullable("description_en", .prose(10_000)),
            .optional("state", .choice(TrainingProgram.State.self), "Only an active program takes learners."),
            .optional("modules", .list(module, count: 0...100), "In their order. A patch gives all of them anew."),
            .readOnly("minutes", .count, "Of all modules together."),
        ] + ResourceSchema.Field.bookkeeping
    )

    private static let module = Schema.object(
        ObjectSchema(
            name: "TrainingModule",
            members: [
                .init(
                    name: "id", schema: .id(TrainingModuleID.self), isRequired: false,
                    note: "Of a module that is there already, so that what learners did of it stays."),
                .init(name: "title", schema: .line(200), isRequired: true, note: ""),
                .init(
                    name: "link", schema: .nullable(.text(.link)), isRequired: false,
                    note: "Where its content is."),
                .init(name: "minutes", schema: .integer(0...10_000), isRequired: true, note: ""),
            ]
        ))

    static let enrolment = ResourceSchema(
        "Enrolment",
        [
            .readOnly("id", .id(EnrolmentID.self)),
            .readOnly("program", .id(TrainingProgramID.self)),
            .fixedNullable("contact", .id(ContactID.self), "The learner. Give this or `user`."),
            .fixedNullable("user", .id(UserID.self)),
            .readOnly("modules", .list(step, count: 0...100)),
            .readOnly("percent", .integer(0...100), "Of the modules that the program has now, rounded down."),
            .readOnly(
                "state", .choice(TrainingProgress.State.self),
                "`completed` when every module that the program has now is done."),
            .readOnlyNullable("completed_at", .moment, "When the last module was done."),
        ] + ResourceSchema.Field.bookkeeping
    )

    private static let step = Schema.object(
        ObjectSchema(
            name: "EnrolmentModule",
            members: [
                .init(name: "module", schema: .id(TrainingModuleID.self), isRequired: true, note: ""),
                .init(name: "done_at", schema: .nullable(.moment), isRequired: true, note: ""),
            ]
        ))

    static let programFilters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(TrainingProgram.State.self))
    ]

    /// Within a program.
    static let enrolmentFilters: [Endpoint.Parameter] = [
        .init(name: "contact", schema: .id(ContactID.self)),
        .init(name: "user", schema: .id(UserID.self)),
        .init(name: "state", schema: .choice(TrainingProgress.State.self)),
    ]

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> EnrolmentFilter {
        var filter = EnrolmentFilter(scope: scope)
        filter.contact = try query.id("contact")
        filter.user = try query.id("user")
        filter.state = try query.choice("state")
        return filter
    }

    static func merge(_ body: Members, into program: inout TrainingProgram, at moment: Timestamp) throws(HubError) {
        try body.set(&program.titleAr, "title_ar")
        try body.set(&program.titleEn, "title_en")
        try body.set(&program.descriptionAr, "description_ar")
        try body.set(&program.descriptionEn, "description_en")
        try body.set(&program.state, "state")
        guard let bodies = try body.objects("modules") else { return }
        var modules: [TrainingModule] = []
        for body in bodies { modules.append(try Self.module(body, at: moment)) }
        try program.set(modules)
    }

    private static func module(_ body: Members, at moment: Timestamp) throws(HubError) -> TrainingModule {
        TrainingModule(
            id: try body.id("id") ?? .make(at: moment),
            title: try body.text("title") ?? "",
            link: try body.text("link"),
            minutes: try body.integer("minutes") ?? 0
        )
    }

    /// Throws `invalid` unless there is one learner.
    static func learner(_ body: Members) throws(HubError) -> Enrolment.Learner {
        let (contact, user): (ContactID?, UserID?) = (try body.id("contact"), try body.id("user"))
        switch (contact, user) {
        case (let contact?, nil): return .contact(contact)
        case (nil, let user?): return .user(user)
        case (nil, nil): throw .invalid([FieldProblem("/contact", "conflict", "give contact or user")])
        case (_?, _?): throw .invalid([FieldProblem("/user", "conflict", "give contact or user, not both")])
        }
    }
}
