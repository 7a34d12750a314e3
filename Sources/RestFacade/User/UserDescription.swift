import Domain

/// Accounts of staff as the API describes and reads them.
enum UserDescription {
    static let resource = ResourceSchema("User", [.readOnly("id", .id(UserID.self))] + invited + kept)

    /// What invites one.
    static let invitation = ResourceSchema("User", invited)

    /// What inviting answers: the link is shown once.
    static let issued = ResourceSchema(
        "UserLink",
        [
            .readOnly("user", resource.document),
            .readOnly("link", .line(2200), "To be handed to the user. It works once and is never shown again."),
            .readOnly("expires_at", .moment),
        ]
    ).document

    private static let invited: [ResourceSchema.Field] = [
        .fixed("email", .text(.email), "To sign in with; unique, in lower case."),
        .required("name", .line(100), "What customers and colleagues see."),
        .optional("role", .choice(User.Role.self), "An agent when not given."),
        .optional("capacity", .integer(0...1000), "Conversations that may be handed to them at once."),
        .optional("language", .choice(Language.self)),
        .optional("teams", .list(.id(TeamID.self), count: 0...100)),
    ]

    private static let kept: [ResourceSchema.Field] =
        [
            .optional("disabled", .boolean, "Whether they are shut out. Their sessions end at once."),
            .readOnly("invited", .boolean, "Whether they have yet to choose a password."),
        ] + ResourceSchema.Field.bookkeeping

    static let filters: [Endpoint.Parameter] = [
        .init(name: "role", schema: .choice(User.Role.self)),
        .init(name: "disabled", schema: .boolean),
        .init(name: "team", schema: .id(TeamID.self)),
    ]

    static func filter(_ query: Members) throws(HubError) -> AccountFilter {
        var filter = AccountFilter()
        filter.role = try query.choice("role")
        filter.isDisabled = try query.bool("disabled")
        filter.team = try query.id("team")
        return filter
    }

    static func merge(_ body: Members, into account: inout Account) throws(HubError) {
        try body.set(&account.name, "name")
        try body.set(&account.role, "role")
        try body.set(&account.isDisabled, "disabled")
        try body.set(&account.capacity, "capacity")
        try body.set(&account.language, "language")
        if let teams = try body.texts("teams") { account.teams = Set(teams.compactMap(TeamID.init)).sorted() }
    }
}
