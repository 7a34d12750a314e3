import Actors
import Domain

/// Systems of the shop and what is delivered to them, as the API describes and reads them.
enum HookDescription {
    static let endpoint = ResourceSchema("WebhookEndpoint", fields)

    /// What making one, or rotating its secret, answers, once.
    static let withSecret = ResourceSchema(
        "WebhookEndpointWithSecret",
        fields + [
            .readOnly(
                "secret", .text(TextRule(.visible, 38...94)),
                "What deliveries are signed with (Standard Webhooks). It is never shown again: keep it safe.")
        ]
    )

    private static let fields: [ResourceSchema.Field] =
        [
            .readOnly("id", .id(HookEndpointID.self)),
            .required(
                "url", .text(.link),
                "Where deliveries are posted to. It begins with https:// and leads to the internet."),
            .readOnly("host", .line(253)),
            .nullable("description", .line(200), "What it is for."),
            .optional(
                "events", .list(.choice(HookEventType.subscribable.map(\.rawValue)), count: 0...types.count),
                "What it is told of; all there is when empty."),
            .optional("enabled", .boolean, "Turned on again, it is told what happens from then on."),
            .readOnlyNullable(
                "disabled_because", .choice(HookEndpoint.Off.self),
                "`gone`: it answered 410. `failing`: it took nothing for days."),
            .readOnlyNullable(
                "failing_since", .moment, "When the first try failed that no good one followed."),
            .readOnlyNullable("old_secret_until", .moment, "Until when the secret before signs too."),
        ] + ResourceSchema.Field.bookkeeping

    private static let types = HookEventType.subscribable

    static func merge(
        _ body: Members,
        into endpoint: inout HookEndpoint,
        _ desk: HookDesk,
        at moment: Timestamp
    ) throws(HubError) {
        if let url = try body.text("url") { endpoint.url = try desk.url(url) }
        try body.set(&endpoint.description, "description")
        if let types = try body.texts("events") { endpoint.types = Set(types.compactMap(HookEventType.init)) }
        if let isOn = try body.bool("enabled") { endpoint.turn(on: isOn, at: moment) }
    }

    static let rotation = Schema.object(
        ObjectSchema(
            name: "WebhookSecretRotation",
            members: [
                .optional(
                    "overlap_s", .integer(0...604_800),
                    "For how long the old secret signs too; 0 ends it at once, as after a leak.")
            ]
        ))

    // MARK: Deliveries

    private static let attempt = ObjectSchema(
        name: "WebhookAttempt",
        members: [
            .required("number", .count, "Counted from 1, over all replays."),
            .required("at", .moment, "When it ended."),
            .required("took_ms", .count),
            .required("status", .nullable(.integer(100...999)), "Of the answer; null when there was none."),
            .required("reason", .nullable(.choice(HookResult.reasons)), "Null when it was taken."),
        ]
    )

    static let delivery = ResourceSchema("WebhookDelivery", deliveryFields)

    /// One by itself, with what is sent.
    static let deliveryWithBody = ResourceSchema(
        "WebhookDeliveryWithBody", deliveryFields + [.readOnly("body", .anyObject, "What is sent, to the byte.")])

    private static let deliveryFields: [ResourceSchema.Field] = [
        .readOnly("id", .id(HookDeliveryID.self)),
        .readOnly("endpoint", .id(HookEndpointID.self)),
        .readOnly("event", .id(HookEventID.self), "`webhook-id` of every try."),
        .readOnly("type", .choice(HookEventType.self)),
        .readOnly("state", .choice(HookDelivery.State.self)),
        .readOnlyNullable("next_attempt_at", .moment, "At the earliest; null when none is owed."),
        .readOnly("replays", .count),
        .readOnly("created_at", .moment),
        .readOnly(
            "attempts", .list(.object(attempt), count: 0...HookDelivery.maxAttempts), "The newest, in their order."),
    ]

    static let filters: [Endpoint.Parameter] = [
        .init(name: "endpoint", schema: .id(HookEndpointID.self)),
        .init(name: "state", schema: .choice(HookDelivery.State.self)),
        .init(name: "type", schema: .choice(HookEventType.self)),
        .init(name: "from", schema: .moment, note: "Made at this time or later."),
        .init(name: "before", schema: .moment, note: "Made before this time."),
    ]

    static func filter(_ query: Members) throws(HubError) -> HookDeliveryFilter {
        var filter = HookDeliveryFilter()
        filter.endpoint = try query.id("endpoint")
        filter.state = try query.choice("state")
        filter.type = try query.choice("type")
        filter.from = try query.moment("from")
        filter.before = try query.moment("before")
        return filter
    }

    static let replay = Schema.object(
        ObjectSchema(
            name: "WebhookReplay",
            members: [.required("since", .moment, "Deliveries made at this time or later.")]
        ))

    static let replayed = Schema.object(
        ObjectSchema(
            name: "WebhookReplayed",
            members: [
                .required("replayed", .integer(0...Int64(HookDesk.maxReplays))),
                .required("more", .boolean, "Whether there are more: ask again."),
            ]
        ))
}

extension HookEndpoint: VersionedDocument {}
