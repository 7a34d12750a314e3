import Domain

/// Deals as the API describes and reads them.
enum DealDescription {
    static let resource = ResourceSchema(
        "Deal",
        [
            .readOnly("id", .id(DealID.self)),
            .required("title", .line(200)),
            .fixed("contact", .id(ContactID.self)),
            .optional("pipeline", .id(PipelineID.self), "The first that is not archived when not given."),
            .optional("stage", .id(StageID.self), "Of the pipeline; its first when not given."),
            .optional("amount", .amount, "In the currency's minor unit."),
            .optional("currency", .text(.currency), "ISO 4217; SAR when not given."),
            .nullable("expected_close_at", .moment),
            .nullable("owner", .id(UserID.self)),
            .optional(
                "state", .choice(Deal.State.self),
                "An open deal is won or lost; one that is won or lost can be reopened, and must be to be moved."),
            .nullable("lost_reason", .line(500), "Of a lost deal, which needs one."),
            .readOnlyNullable("lead", .id(LeadID.self), "What it was converted from."),
            .readOnlyNullable("closed_at", .moment, "When it was won or lost."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let move = ResourceSchema(
        "DealMove",
        [
            .readOnly("id", .id(DealMoveID.self)),
            .readOnly("at", .moment),
            .readOnly("by", .prose(200), "Who moved it."),
            .readOnlyNullable("from_stage", .id(StageID.self), "Null for the first."),
            .readOnlyNullable("from_state", .choice(Deal.State.self)),
            .readOnly("to_stage", .id(StageID.self)),
            .readOnly("to_state", .choice(Deal.State.self)),
        ]
    )

    private static let total = ResourceSchema(
        "DealTotal",
        [
            .readOnly("pipeline", .id(PipelineID.self)),
            .readOnly("stage", .id(StageID.self)),
            .readOnly("state", .choice(Deal.State.self)),
            .readOnly("currency", .text(.currency)),
            .readOnly("count", .count),
            .readOnly("amount", .count, "The sum, in the currency's minor unit."),
        ]
    )

    static let summary = Schema.object(
        ObjectSchema(
            name: "DealSummary",
            members: [
                .init(name: "items", schema: .list(total.document, count: 0...100_000), isRequired: true, note: "")
            ]
        ))

    static let filters: [Endpoint.Parameter] =
        [
            .init(name: "contact", schema: .id(ContactID.self)),
            .init(name: "pipeline", schema: .id(PipelineID.self)),
            .init(name: "stage", schema: .id(StageID.self)),
            .init(name: "owner", schema: .id(UserID.self)),
            .init(name: "state", schema: .choice(Deal.State.self)),
            .init(name: "close_from", schema: .moment, note: "Expected to close at this moment or after it."),
            .init(name: "close_before", schema: .moment),
        ] + Endpoint.Parameter.created

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> DealFilter {
        var filter = DealFilter(scope: scope)
        filter.contact = try query.id("contact")
        filter.pipeline = try query.id("pipeline")
        filter.stage = try query.id("stage")
        filter.owner = try query.id("owner")
        filter.state = try query.choice("state")
        filter.createdFrom = try query.moment("created_from")
        filter.createdBefore = try query.moment("created_before")
        filter.closeFrom = try query.moment("close_from")
        filter.closeBefore = try query.moment("close_before")
        return filter
    }

    static func merge(_ body: Members, into deal: inout Deal) throws(HubError) {
        try body.set(&deal.title, "title")
        try body.set(&deal.pipeline, "pipeline")
        try body.set(&deal.stage, "stage")
        try body.set(&deal.amount, "amount")
        if let code = try body.text("currency"), let currency = Currency(code) { deal.currency = currency }
        try body.set(&deal.expectedCloseAt, "expected_close_at")
        try body.set(&deal.owner, "owner")
        try body.set(&deal.state, "state")
        try body.set(&deal.lostReason, "lost_reason")
    }
}
