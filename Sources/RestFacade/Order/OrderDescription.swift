import Domain

/// Orders as the API describes and reads them.
enum OrderDescription {
    static let number = Schema.line(100)

    static let resource = ResourceSchema(
        "Order",
        [
            .readOnly("id", .id(OrderID.self)),
            .fixed("number", number, "The shop's own number, by which codes name it; unique, whatever its spelling."),
            .readOnly("source", .choice(OrderSource.self)),
            .fixedNullable("external_id", .line(64), "Its id where it was made; unique within `source`."),
            .nullable("contact", .id(ContactID.self)),
            .nullable("conversation", .id(RoomID.self), "With whoever ordered, when it is known."),
            .fixed("items", .list(item, count: 1...Order.maxItems)),
            .fixedOptional(
                "total", .amount,
                "In the currency's minor unit, with shipping, taxes and discounts; the sum of the items when not given."
            ),
            .fixedOptional("currency", .text(.currency), "ISO 4217; SAR when not given."),
            .optional(
                "state", .choice(OrderState.self),
                "Steps may be left out, none is taken back; refunded comes after delivered or canceled."),
            .optional("payment", .choice(OrderPayment.self), "unpaid → paid → refunded."),
            .readOnly("codes", codes, "Of products that are sold as codes; their texts are never here."),
            .fixedOptional("placed_at", .moment, "When the customer ordered; now when not given."),
            .readOnlyNullable("paid_at", .moment),
            .readOnlyNullable("delivered_at", .moment),
        ] + ResourceSchema.Field.bookkeeping
    )

    private static let item = Schema.object(
        ObjectSchema(
            name: "OrderItem",
            members: [
                .optional("product", .nullable(.id(ProductID.self)), "When the hub knows it."),
                .required("name", .line(200), "As it was when the customer ordered."),
                .optional("sku", .nullable(.line(64))),
                .required("quantity", .integer(1...OrderItem.maxQuantity)),
                .required("unit_price", .amount, "Of one piece."),
            ]
        ))

    private static let codes = Schema.object(
        ObjectSchema(
            name: "OrderCodes",
            members: [
                .required("wanted", .count), .required("reserved", .count),
                .required("delivered", .count, "Sold to the order."),
                .required(
                    "waits_for", .nullable(.choice(DeliveryWait.allCases.map(\.word))),
                    "Why codes that are owed do not go out: there are too few, nothing says where to, the customer "
                        + "is asked to answer on WhatsApp, or the conversation refuses them."),
            ]
        ))

    static let filters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(OrderState.self)),
        .init(name: "payment", schema: .choice(OrderPayment.self)),
        .init(name: "source", schema: .choice(OrderSource.self)),
        .init(name: "number", schema: number, note: "However it is spelt."),
        .init(name: "external_id", schema: .line(64)),
        .init(name: "contact", schema: .id(ContactID.self)),
        .init(name: "conversation", schema: .id(RoomID.self)),
        .init(name: "placed_from", schema: .moment, note: "Ordered at this moment or after it."),
        .init(name: "placed_before", schema: .moment),
    ]

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> OrderFilter {
        var filter = OrderFilter(scope: scope)
        filter.state = try query.choice("state")
        filter.payment = try query.choice("payment")
        filter.source = try query.choice("source")
        filter.number = try query.text("number")
        filter.externalID = try query.text("external_id")
        filter.contact = try query.id("contact")
        filter.conversation = try query.id("conversation")
        filter.placedFrom = try query.moment("placed_from")
        filter.placedBefore = try query.moment("placed_before")
        return filter
    }

    static func order(_ body: Members, at moment: Timestamp) throws(HubError) -> Order {
        var items: [OrderItem] = []
        for item in try body.objects("items") ?? [] {
            items.append(
                OrderItem(
                    product: try item.id("product"), name: try item.text("name") ?? "", sku: try item.text("sku"),
                    quantity: try item.integer("quantity") ?? 0, unitPrice: try item.integer("unit_price") ?? 0))
        }
        var order = try Order(
            id: .make(at: moment), number: body.text("number") ?? "", source: .manual,
            externalID: body.text("external_id"), items: items, total: body.integer("total"),
            currency: body.text("currency").flatMap(Currency.init) ?? .riyal, placedAt: body.moment("placed_at"),
            at: moment)
        try merge(body, into: &order, at: moment)
        return order
    }

    /// The payment comes first: a refund needs one.
    static func merge(_ body: Members, into order: inout Order, at moment: Timestamp) throws(HubError) {
        try body.set(&order.contact, "contact")
        try body.set(&order.conversation, "conversation")
        if let payment: OrderPayment = try body.choice("payment") { try order.pay(payment, at: moment) }
        if let state: OrderState = try body.choice("state") { try order.move(to: state, at: moment) }
    }
}
