import Domain

/// Orders and their items as their tables store them.
enum OrderRow {
    /// Of the table named `o`, then how many codes it wants and has, and what those that are owed wait for.
    static let columns = """
        o.id, o.created_ms, o.changed_ms, o.version, o.number, o.source, o.external_id, o.contact_id, o.conversation, \
        o.total, o.currency, o.state, o.payment, o.placed_ms, o.paid_ms, o.delivered_ms, \(codes)
        """

    private static let codes = """
        (SELECT CAST(COALESCE(SUM(x.quantity), 0) AS BIGINT) FROM order_items x JOIN products p ON p.id = x.product_id \
        WHERE x.order_id = o.id AND p.stock_policy = 'codes'), \
        (SELECT COUNT(*) FROM codes x WHERE x.order_ref = o.number AND x.state = 'reserved'), \
        (SELECT COUNT(*) FROM codes x WHERE x.order_ref = o.number AND x.state = 'sold'), \
        (SELECT x.waits FROM order_deliveries x WHERE x.order_id = o.id AND x.state = 'owed')
        """

    /// - Parameter rows: Of `columns`.
    static func read(_ rows: [SQLRow], _ session: any SQLSession) throws -> [Order] {
        guard !rows.isEmpty else { return [] }
        let ids = try rows.map { row in
            var row = row.reader
            return try row.text(OrderID.init)
        }
        let items = try Dictionary(grouping: session.execute(itemsOf.over(ids)).map(PlacedItem.init), by: \.order)
        return try zip(ids, rows).map { id, row in
            try read(row, items: (items[id] ?? []).sorted { $0.place < $1.place }.map(\.item))
        }
    }

    private struct PlacedItem {
        let order: OrderID
        let place: Int64
        let item: OrderItem

        init(_ row: SQLRow) throws(HubError) {
            var row = row.reader
            order = try row.text(OrderID.init)
            place = try row.integer()
            item = OrderItem(
                product: try row.optionalText(ProductID.init), name: try row.text(), sku: try row.optionalText(),
                quantity: try row.integer(), unitPrice: try row.integer())
        }
    }

    private static func read(_ row: SQLRow, items: [OrderItem]) throws(HubError) -> Order {
        var row = row.reader
        let id = try row.text(OrderID.init)
        let (createdAt, changedAt, version) = (try row.moment(), try row.moment(), try row.integer())
        let (number, source, external) = (try row.text(), try row.text(OrderSource.init), try row.optionalText())
        let contact = try row.optionalText(ContactID.init)
        let conversation = try row.optionalText(RoomID.init)
        let (total, currency) = (try row.integer(), try row.text(Currency.init))
        let (state, payment) = (try row.text(OrderState.init), try row.text(OrderPayment.init))
        let times = Order.Times(
            placed: try row.moment(), paid: try row.optionalMoment(), delivered: try row.optionalMoment())
        var order = Order(
            stored: id, number: number, source: source, externalID: external, items: items, total: total,
            currency: currency, state: state, payment: payment, times: times, createdAt: createdAt)
        order.changedAt = changedAt
        order.version = version
        order.contact = contact
        order.conversation = conversation
        order.codes = OrderCodes(
            wanted: try row.integer(), reserved: try row.integer(), delivered: try row.integer(),
            waitsFor: try row.optionalText(DeliveryWait.init(rawValue:)))
        return order
    }

    // MARK: Writing

    static func insert(_ order: Order) -> SQLStatement {
        SQLStatement(
            insert,
            [
                .id(order.id), .moment(order.createdAt), .moment(order.changedAt), .integer(order.version),
                .text(order.number), .text(Order.key(of: order.number)), .text(order.source.rawValue),
                .optional(order.externalID), .optional(order.contact?.text), .optional(order.conversation?.text),
                .integer(order.total), .text(order.currency.code), .text(order.state.rawValue),
                .text(order.payment.rawValue), .moment(order.placedAt), .optional(order.paidAt),
                .optional(order.deliveredAt), .text(SearchText.fold(order.searchText)),
            ])
    }

    static func update(_ order: Order) -> SQLStatement {
        SQLStatement(
            update,
            [
                .id(order.id), .moment(order.changedAt), .integer(order.version), .optional(order.contact?.text),
                .optional(order.conversation?.text), .text(order.state.rawValue), .text(order.payment.rawValue),
                .optional(order.paidAt), .optional(order.deliveredAt),
            ])
    }

    /// Nothing for an order without items.
    static func insertItems(_ order: Order) -> [SQLStatement] {
        guard !order.items.isEmpty else { return [] }
        let rows = order.items.enumerated().map { place, item -> [SQLValue] in
            [
                .id(order.id), .count(place), .optional(item.product?.text), .text(item.name), .optional(item.sku),
                .integer(item.quantity), .integer(item.unitPrice),
            ]
        }
        return [insertItems.over(rows)]
    }

    private static let insert: SQLText = """
        INSERT INTO orders (
            id, created_ms, changed_ms, version, number, number_key, source, external_id, contact_id, conversation,
            total, currency, state, payment, placed_ms, paid_ms, delivered_ms, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE orders SET changed_ms = $2, version = $3, contact_id = $4, conversation = $5, state = $6, payment = $7,
            paid_ms = $8, delivered_ms = $9
        WHERE id = $1
        """

    // MARK: Items

    private static let itemColumns: [SQLColumn] = [
        .text("order_id"), .integer("place"), .text("product_id"), .text("name"), .text("sku"), .integer("quantity"),
        .integer("unit_price"),
    ]

    private static let insertItems = SQLBulk(
        itemColumns,
        """
        INSERT INTO order_items (order_id, place, product_id, name, sku, quantity, unit_price)
        SELECT order_id, place, product_id, name, sku, quantity, unit_price FROM k
        """
    )

    private static let itemsOf = SQLBulk(
        [.text("id")],
        """
        SELECT x.order_id, x.place, x.product_id, x.name, x.sku, x.quantity, x.unit_price
        FROM k CROSS JOIN order_items x WHERE x.order_id = k.id
        """
    )
}
