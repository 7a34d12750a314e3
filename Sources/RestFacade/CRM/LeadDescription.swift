import Domain

/// Leads as the API describes and reads them.
enum LeadDescription {
    static let resource = ResourceSchema(
        "Lead",
        [
            .readOnly("id", .id(LeadID.self)),
            .fixedNullable("contact", .id(ContactID.self), "A lead without a contact needs a name."),
            .nullable("name", .line(200)),
            .nullable("phone", .line(64), "E.164; other spellings are brought into that form."),
            .nullable("email", .text(.email)),
            .required("source", .line(64), "Where it came from: `website`, `instagram`, …"),
            .optional(
                "state", .choice(Lead.State.self),
                "new → contacted → qualified; lost from any of them, and new again. Converting makes it converted."),
            .nullable("owner", .id(UserID.self)),
            .nullable("notes", .prose(10_000)),
            .nullable("value", .amount, "What it may be worth, in the currency's minor unit."),
            .optional("currency", .text(.currency), "ISO 4217; SAR when not given."),
            .readOnlyNullable("deal", .id(DealID.self), "What it was converted into."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] =
        [
            .init(name: "contact", schema: .id(ContactID.self)),
            .init(name: "owner", schema: .id(UserID.self)),
            .init(name: "state", schema: .choice(Lead.State.self)),
            .init(name: "source", schema: .line(64)),
        ] + Endpoint.Parameter.created

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> LeadFilter {
        var filter = LeadFilter(scope: scope)
        filter.contact = try query.id("contact")
        filter.owner = try query.id("owner")
        filter.state = try query.choice("state")
        filter.source = try query.text("source")
        filter.createdFrom = try query.moment("created_from")
        filter.createdBefore = try query.moment("created_before")
        return filter
    }

    static func merge(_ body: Members, into lead: inout Lead) throws(HubError) {
        try body.set(&lead.name, "name")
        try body.set(&lead.phone, "phone")
        try body.set(&lead.email, "email")
        try body.set(&lead.source, "source")
        try body.set(&lead.owner, "owner")
        try body.set(&lead.notes, "notes")
        try body.set(&lead.value, "value")
        if let code = try body.text("currency"), let currency = Currency(code) { lead.currency = currency }
        try lead.check()
        if let state: Lead.State = try body.choice("state") { try lead.move(to: state) }
    }

    private static func optional(_ name: String, _ schema: Schema, _ note: String = "") -> ObjectSchema.Member {
        .init(name: name, schema: .nullable(schema), isRequired: false, note: note)
    }

    static let conversion = Schema.object(
        ObjectSchema(
            name: "LeadConversion",
            members: [
                optional(
                    "contact", .id(ContactID.self),
                    "For a lead without one; else the contact that has its phone or e-mail, or a new one."),
                optional("pipeline", .id(PipelineID.self), "The first that is not archived when not given."),
                optional("stage", .id(StageID.self), "The first of the pipeline when not given."),
                optional("title", .line(200), "The name of the lead or of the contact when not given."),
                optional("amount", .amount, "The value of the lead when not given."),
                optional("currency", .text(.currency)),
                optional("expected_close_at", .moment),
            ]
        ))

    static func conversion(_ body: Members) throws(HubError) -> LeadConversion {
        var conversion = LeadConversion()
        conversion.contact = try body.id("contact")
        conversion.pipeline = try body.id("pipeline")
        conversion.stage = try body.id("stage")
        conversion.title = try body.text("title")
        conversion.amount = try body.integer("amount")
        conversion.currency = try body.text("currency").flatMap(Currency.init)
        conversion.expectedCloseAt = try body.moment("expected_close_at")
        return conversion
    }
}
