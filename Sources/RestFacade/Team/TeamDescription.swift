import Domain

/// Teams as the API describes and reads them.
enum TeamDescription {
    static let resource = ResourceSchema(
        "Team",
        [
            .readOnly("id", .id(TeamID.self)),
            .required("name_ar", .line(100)),
            .nullable("name_en", .line(100)),
            .optional("skills", .list(.line(50), count: 0...50), "Labels of what it is good at."),
            .nullable(
                "routing_policy", .choice(RoutingPolicy.Choice.self),
                "How its conversations find their agent; null as the shop's setting `routing.policy` says."),
            .nullable("last_agent_first", .boolean, "Null as the setting `routing.last_agent_first` says."),
            .nullable("asks_first", .boolean, "Null as the setting `routing.asks_first` says."),
            .optional("members", .list(.id(UserID.self), count: 0...500)),
            .nullable("hours", hours, "When it works; null for the hours of the shop."),
        ] + ResourceSchema.Field.bookkeeping
    )

    private static let hours = Schema.object(
        ObjectSchema(
            name: "TeamHours",
            members: [
                .required("time_zone", .line(100), "A name of the IANA database: Asia/Riyadh."),
                .required("week", .anyObject, "As the setting `hours.week`."),
                .optional("holidays", .any, "As the setting `hours.holidays`; none when not given."),
            ]
        ))

    static let filters: [Endpoint.Parameter] = [.init(name: "member", schema: .id(UserID.self))]

    static func merge(_ body: Members, into team: inout Team) throws(HubError) {
        try body.set(&team.nameAr, "name_ar")
        try body.set(&team.nameEn, "name_en")
        try body.set(&team.skills, "skills")
        if body.has("hours") {
            team.hours = try body["hours"].map { hours throws(HubError) in
                try TeamHours(json: hours, at: "/hours", isTimeZone: SettingDescription.isTimeZone)
            }
        }
        if body.has("routing_policy") { team.routingPolicy = try body.choice("routing_policy") }
        if body.has("last_agent_first") { team.lastAgentFirst = try body.bool("last_agent_first") }
        if body.has("asks_first") { team.asksFirst = try body.bool("asks_first") }
        if let members = try body.texts("members") { team.members = Set(members.compactMap(UserID.init)).sorted() }
    }
}
