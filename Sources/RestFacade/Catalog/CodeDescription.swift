import Domain

/// Codes as the API describes them; their text is only ever in the answer to `reveal`.
enum CodeDescription {
    private static let orderNumber = Schema.line(100)

    static let resource = ResourceSchema(
        "Code",
        [
            .readOnly("id", .id(CodeID.self)),
            .readOnly("product", .id(ProductID.self)),
            .readOnly("masked", .line(20), "What staff see of the text: dots and at most its last four characters."),
            .readOnly("state", .choice(CodeState.Name.self)),
            .readOnlyNullable("expires_at", .moment, "When the code stops working; it is not sold after that."),
            .readOnlyNullable("reserved_until", .moment, "When the reservation ends by itself."),
            .readOnlyNullable(
                "order", orderNumber, "The shop's number of the order it is reserved for or was sold to."),
            .readOnlyNullable("conversation", .id(RoomID.self)),
            .readOnlyNullable("allocated_by", .line(64), "The user or API token that reserved or sold it."),
            .readOnlyNullable("revoked_because", .line(200)),
            .readOnly("import", .id(CodeImportID.self), "How it came in."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "product", schema: .id(ProductID.self)),
        .init(name: "state", schema: .choice(CodeState.Name.self)),
        .init(name: "import", schema: .id(CodeImportID.self)),
        .init(name: "order", schema: orderNumber),
        .init(name: "conversation", schema: .id(RoomID.self)),
        .init(name: "expires_before", schema: .moment, note: "Codes that expire before then."),
    ]

    static func filter(_ query: Members) throws(HubError) -> CodeFilter {
        var filter = CodeFilter()
        filter.product = try query.id("product")
        filter.state = try query.choice("state")
        filter.importID = try query.id("import")
        filter.order = try query.text("order")
        filter.conversation = try query.id("conversation")
        filter.expiresBefore = try query.moment("expires_before")
        return filter
    }

    // MARK: Bodies and answers

    private static let order = ObjectSchema.Member(
        name: "order", schema: orderNumber, isRequired: false, note: "The shop's number of an order.")

    static func allocation(_ limits: CodeNumbers) -> Schema {
        let members: [ObjectSchema.Member] = [
            .init(name: "product", schema: .id(ProductID.self), isRequired: true, note: ""),
            .init(name: "count", schema: .integer(1...limits.maxPerAllocation), isRequired: true, note: ""),
            .init(
                name: "hold_s", schema: .integer(1...limits.maxHoldSeconds), isRequired: false,
                note: "Reserve them for so many seconds; \(limits.holdSeconds) when not given."),
            .init(
                name: "sell", schema: .boolean, isRequired: false, note: "true: sell them at once, without `hold_s`."
            ),
        ]
        let recipient: [ObjectSchema.Member] = [
            order,
            .init(
                name: "conversation", schema: .id(RoomID.self), isRequired: false,
                note: "Instead of `order`; or with it, the conversation with whoever ordered: "
                    + "the timeline of the contact shows both."),
        ]
        return .object(ObjectSchema(name: "CodeAllocation", members: members + recipient))
    }

    static let forRecipient = Schema.object(
        ObjectSchema(
            name: "CodeRecipient",
            members: [
                order,
                .init(name: "conversation", schema: .id(RoomID.self), isRequired: false, note: "See `CodeAllocation`."),
            ]
        ))

    static let nothing = Schema.object(ObjectSchema(name: "CodeRelease", members: []))

    static let revocation = Schema.object(
        ObjectSchema(
            name: "CodeRevocation",
            members: [.init(name: "reason", schema: .nullable(.line(200)), isRequired: false, note: "")]
        ))

    static let items = Schema.object(
        ObjectSchema(
            name: "CodeItems",
            members: [
                .init(name: "items", schema: .list(resource.document, count: 0...1000), isRequired: true, note: "")
            ]
        ))

    static let revealed = Schema.object(
        ObjectSchema(
            name: "RevealedCode",
            members: [
                .init(name: "id", schema: .id(CodeID.self), isRequired: true, note: ""),
                .init(name: "product", schema: .id(ProductID.self), isRequired: true, note: ""),
                .init(
                    name: "code", schema: .line(CodeLine.maxLength), isRequired: true,
                    note: "The text itself. Do not keep this answer."),
            ]
        ))

    static func handOver(_ limits: CodeNumbers) -> Schema {
        let members: [ObjectSchema.Member] = [
            .init(name: "product", schema: .id(ProductID.self), isRequired: true, note: ""),
            .init(name: "count", schema: .integer(1...limits.maxPerAllocation), isRequired: true, note: ""),
            .init(
                name: "text", schema: .nullable(.text(TextRule(.prose, 1...2000))), isRequired: false,
                note: "What is said before the codes; the product's Arabic name when not given."),
        ]
        return .object(ObjectSchema(name: "CodeHandOver", members: members))
    }

    static let handedOver = Schema.object(
        ObjectSchema(
            name: "HandedOverCodes",
            members: [
                .init(name: "room", schema: .id(RoomID.self), isRequired: true, note: ""),
                .init(name: "seq", schema: .count, isRequired: true, note: "The number of the message in the room."),
                .init(name: "at", schema: .moment, isRequired: true, note: ""),
                .init(name: "items", schema: .list(resource.document, count: 0...1000), isRequired: true, note: ""),
            ]
        ))

    /// Throws `invalid` when nobody is named.
    private static func recipient(_ body: Members) throws(HubError) -> CodeRecipient {
        guard let recipient = try optionalRecipient(body) else {
            throw .invalid([FieldProblem("/order", "conflict", "name an order or a conversation")])
        }
        return recipient
    }

    static func optionalRecipient(_ body: Members) throws(HubError) -> CodeRecipient? {
        let (order, room): (String?, RoomID?) = (try body.text("order"), try body.id("conversation"))
        return order.map { .order($0, from: room) } ?? room.map(CodeRecipient.conversation)
    }

    /// All that are reserved for somebody. Throws `invalid` unless exactly one is named.
    static func selection(_ body: Members) throws(HubError) -> CodeSelection {
        let recipient = try recipient(body)
        guard recipient.order == nil || recipient.conversation == nil else {
            throw .invalid([FieldProblem("/conversation", "conflict", "name an order or a conversation, not both")])
        }
        return .reserved(for: recipient)
    }

    /// Reserving or selling, as the body of an allocation says. Throws `invalid` when it says both.
    static func change(_ body: Members, _ limits: CodeNumbers, at now: Timestamp) throws(HubError) -> CodeChange {
        let recipient = try recipient(body)
        switch (try body.integer("hold_s"), try body.bool("sell") ?? false) {
        case (let seconds, false):
            return CodeChange(.reserve(until: now + .seconds(seconds ?? limits.holdSeconds)), to: recipient)
        case (nil, true): return CodeChange(.sell, to: recipient)
        case (_?, true):
            throw .invalid([FieldProblem("/hold_s", "conflict", "a sold code is not held: leave it out")])
        }
    }
}

/// Numbers of `CodeLimits` as schemas want them.
struct CodeNumbers: Sendable {
    let maxPerAllocation: Int64
    let holdSeconds: Int64
    let maxHoldSeconds: Int64
}
