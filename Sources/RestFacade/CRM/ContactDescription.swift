import Domain

/// Contacts as the API describes and reads them.
enum ContactDescription {
    static let identity = Schema.object(
        ObjectSchema(
            name: "ContactIdentity",
            members: [
                .init(name: "kind", schema: .choice(ContactIdentity.Kind.self), isRequired: true, note: ""),
                .init(
                    name: "value", schema: .line(254), isRequired: true,
                    note: "A phone in E.164, an e-mail in lower case; other spellings are brought into that form."),
            ]
        ))

    static let resource = ResourceSchema(
        "Contact",
        [
            .readOnly("id", .id(ContactID.self)),
            .required("name", .line(200)),
            .nullable("language", .text(.key(35)), "BCP 47: `ar`, `en`."),
            .nullable("company", .line(200)),
            .nullable("notes", .prose(10_000)),
            .optional("labels", .list(.line(64), count: 0...20)),
            .nullable("owner", .id(UserID.self), "Who looks after the contact."),
            .optional(
                "fields", .map(.nullable(.line(1000)), count: 0...CRMContact.maxFields),
                "What the shop keeps of its own. In a patch null removes one."),
            .optional(
                "identities", .list(identity, count: 0...CRMContact.maxIdentities),
                "What the person is known by. Each belongs to one contact of the shop."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let note = ResourceSchema(
        "ContactNote",
        [
            .readOnly("id", .id(ContactNoteID.self)),
            .readOnly("contact", .id(ContactID.self)),
            .required("text", .text(TextRule(.prose, 1...10_000))),
            .readOnly("by", .prose(200), "Who wrote it."),
            .readOnly("created_at", .moment),
        ]
    )

    static let timelineEntry = ResourceSchema(
        "TimelineEntry",
        [
            .readOnly("kind", .choice(TimelineEntry.Kind.self)),
            .readOnly("id", .line(200), "Of the room, lead, deal, note or code; the shop's number of an order."),
            .readOnly("at", .moment),
            .readOnlyNullable("text", .prose(10_000), "Of a code the name of its product, never its text."),
            .readOnlyNullable("state", .line(32)),
            .readOnlyNullable("amount", .amount, "In the currency's minor unit."),
            .readOnlyNullable("currency", .text(.currency)),
            .readOnlyNullable("by", .prose(200), "Who wrote or owns it, or handed it out."),
        ]
    )

    static let timelineFilters: [Endpoint.Parameter] = [
        .init(name: "kind", schema: .choice(TimelineEntry.Kind.self), note: "Only entries of this kind.")
    ]

    static let conversationContact = Schema.object(
        ObjectSchema(
            name: "ConversationContact",
            members: [
                .required(
                    "identity", .nullable(identity),
                    "What the customer is known by; give it to a contact and it is theirs. Null for one who was erased."
                ),
                .required(
                    "contact", .nullable(resource.document), "Null when nobody has it, or you do not see who does."),
            ]
        ))

    static let filters: [Endpoint.Parameter] =
        [
            .init(name: "owner", schema: .id(UserID.self)),
            .init(name: "unowned", schema: .boolean, note: "true: only those that nobody looks after."),
            .init(name: "label", schema: .line(64)),
            .init(name: "identity_kind", schema: .choice(ContactIdentity.Kind.self)),
        ]
        + ContactIdentity.Kind.allCases.map { kind in
            .init(name: kind.rawValue, schema: .line(254), note: "Who has this very identity.")
        }
        + Endpoint.Parameter.created

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> ContactFilter {
        var filter = ContactFilter(scope: scope)
        filter.owner = try query.id("owner").map { .user($0) }
        if try query.bool("unowned") == true { filter.owner = .nobody }
        filter.label = try query.text("label")
        filter.identityKind = try query.choice("identity_kind")
        for kind in ContactIdentity.Kind.allCases {
            guard let text = try query.text(kind.rawValue) else { continue }
            guard filter.identity == nil else {
                throw .invalid([FieldProblem(kind.rawValue, "conflict", "look for one identity at a time")])
            }
            guard let identity = lookUp(kind, text) else {
                throw .invalid([FieldProblem(kind.rawValue, "mismatch", ContactIdentity.form(of: kind))])
            }
            filter.identity = identity
        }
        filter.createdFrom = try query.moment("created_from")
        filter.createdBefore = try query.moment("created_before")
        return filter
    }

    /// In an address `+` may stand for a space, so a number is found without it.
    private static func lookUp(_ kind: ContactIdentity.Kind, _ text: String) -> ContactIdentity? {
        ContactIdentity(kind, text) ?? (kind == .phone ? ContactIdentity(kind, "+\(text.drop { $0 == " " })") : nil)
    }

    static func merge(_ body: Members, into contact: inout CRMContact) throws(HubError) {
        try body.set(&contact.name, "name")
        try body.set(&contact.language, "language")
        try body.set(&contact.company, "company")
        try body.set(&contact.notes, "notes")
        try body.set(&contact.labels, "labels")
        try body.set(&contact.owner, "owner")
        try body.set(&contact.fields, "fields")
        if let identities = try body.objects("identities") { contact.setIdentities(try read(identities)) }
        try contact.check()
    }

    private static func read(_ identities: [Members]) throws(HubError) -> [ContactIdentity] {
        var read: [ContactIdentity] = []
        var problems: [FieldProblem] = []
        for (index, members) in identities.enumerated() {
            guard let kind: ContactIdentity.Kind = try members.choice("kind"), let text = try members.text("value")
            else { continue }
            if let identity = ContactIdentity(kind, text) {
                read.append(identity)
            } else {
                problems.append(
                    FieldProblem("/identities/\(index)/value", "mismatch", ContactIdentity.form(of: kind)))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return read
    }
}
