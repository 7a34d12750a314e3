import Domain

/// Incidents as the API describes and reads them.
enum AlertDescription {
    static let resource = ResourceSchema(
        "Alert",
        [
            .readOnly("id", .id(AlertIncidentID.self)),
            .readOnly("rule", .choice(AlertRule.self)),
            .readOnly("subject", .line(200), "The service, channel or hub that it is about."),
            .readOnly(
                "state", .choice(AlertIncident.State.self),
                "`pending` is bad, but not for long enough to tell anybody."),
            .readOnly("title", .line(300), "In Arabic."),
            .readOnly("title_en", .line(300)),
            .readOnly("message", .line(500), "What was measured when it was bad last, in Arabic."),
            .readOnly("message_en", .line(500), "The same in English."),
            .readOnly("started_at", .moment),
            .readOnlyNullable("fired_at", .moment),
            .readOnlyNullable("recovered_at", .moment),
            .readOnlyNullable("told_at", .moment, "Null while quiet hours hold it back."),
            .readOnlyNullable("recovery_told_at", .moment),
            .readOnly("version", .count),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(AlertIncident.State.self)),
        .init(name: "rule", schema: .choice(AlertRule.self)),
    ]

    static func filter(_ query: Members) throws(HubError) -> AlertFilter {
        var filter = AlertFilter()
        filter.state = try query.choice("state")
        filter.rule = try query.choice("rule")
        return filter
    }
}
