import Domain

/// Outside services as the API describes and reads them.
enum IntegrationDescription {
    private static let value = Schema.nullable(.line(0...IntegrationField.maxLength))

    private static let outcome = Schema.choice(StatusFinding.Outcome.self)

    private static let field = Schema.object(
        ObjectSchema(
            name: "IntegrationField",
            members: [
                .required("name", .line(Schema.maxNameLength)),
                .required("kind", .choice(IntegrationField.Kind.self)),
                .required("required", .boolean, "Whether nothing works without it."),
                .required(
                    "kept", .boolean, "Whether the hub says it by itself: what is sent for it is ignored."),
                .required("label", .line(200), "In Arabic."),
                .required("label_en", .line(200)),
                .required("default", value),
                .required("value", value, "Secrets are masked; a mask that is sent back leaves the secret as it is."),
                .required("source", .nullable(.choice(IntegrationValues.Source.self)), "Where the value is from."),
            ]
        ))

    private static let sends = Schema.object(
        ObjectSchema(
            name: "IntegrationSends",
            members: [.required("sent", .count), .required("failed", .count)]
        ))

    private static let upkeep = Schema.object(
        ObjectSchema(
            name: "IntegrationUpkeep",
            members: [
                .required("matter", .choice(ZidUpkeep.Kind.self), "What it is about."),
                .required(
                    "state", .choice(UpkeepNote.State.self),
                    "`off`: not done, for want of something. `waiting`: under way, or tried again. `failing`: somebody "
                        + "has to do something."),
                .required("message", .line(500), "What is wrong and what to do, in Arabic."),
                .required("message_en", .line(500), "The same in English."),
                .required(
                    "at", .nullable(.moment), "Of keys when they end, of webhooks when they were looked at last."),
            ]
        ))

    static let test = ResourceSchema(
        "IntegrationTest",
        [
            .readOnly("id", .id(IntegrationTestID.self)),
            .readOnly("type", .choice(IntegrationType.self)),
            .readOnlyNullable(
                "integration_config_id", .id(IntegrationID.self), "Null when values were tried that are not kept."),
            .readOnly("trigger", .choice(IntegrationTest.Trigger.self)),
            .readOnly("ok", .boolean),
            .readOnly("outcome", outcome),
            .readOnly("message", .line(500), "What to do, in Arabic."),
            .readOnly("message_en", .line(500), "The same in English."),
            .readOnly("latency_ms", .count),
            .readOnly("at", .moment),
            .readOnly("by", .line(200), "Who asked for it."),
        ]
    )

    static let resource = ResourceSchema(
        "Integration",
        [
            .readOnly("type", .choice(IntegrationType.self)),
            .readOnly("title", .line(100), "In Arabic."),
            .readOnly("title_en", .line(100)),
            .readOnlyNullable("integration_config_id", .id(IntegrationID.self), "Null while nothing is stored."),
            .readOnly("enabled", .boolean, "What is turned off keeps its values and is not used."),
            .readOnly("configured", .boolean, "Whether it has all that it needs."),
            .readOnly("missing", .list(.line(Schema.maxNameLength), count: 0...20)),
            .readOnly("fields", .list(field, count: 0...20)),
            .readOnlyNullable(
                "health_score", .integer(0...100),
                "From the newest tests and what was sent lately; null before the first."),
            .readOnly("health_reasons", .list(outcome, count: 0...10)),
            .readOnlyNullable(
                "sends_last_hour", sends, "What became of what left over it; null where nothing leaves."),
            .readOnlyNullable("last_test", test.document),
            .readOnly(
                "taken_up", .boolean,
                "Whether the hub that answers works with what is stored. After a change every hub does within seconds."
            ),
            .readOnly(
                "upkeep", .list(upkeep, count: 0...ZidUpkeep.Kind.allCases.count),
                "What the hub keeps up at the service by itself; empty where there is nothing."),
            .readOnly("version", .count, "0 while nothing is stored; also in ETag."),
            .readOnlyNullable("updated_at", .moment),
        ]
    )

    static let replacement = Schema.object(
        ObjectSchema(
            name: "IntegrationReplacement",
            members: [
                .required(
                    "values", .map(value, count: 0...20),
                    "All of them, by field: what is missing, null or empty goes back to the environment or the default."
                ),
                .optional("enabled", .boolean, "True when not given."),
            ]
        ))

    static let trial = Schema.object(
        ObjectSchema(
            name: "IntegrationTrial",
            members: [
                .optional("integration_type", .choice(IntegrationType.self), "This or the next must be given."),
                .optional("integration_config_id", .id(IntegrationID.self)),
                .optional(
                    "config", .map(value, count: 0...20),
                    "Values that are not kept yet; without them what is kept is tested."),
            ]
        ))
}
