import Domain

/// What came from Zid, over either database.
struct SQLZidStore: ZidStore {
    let database: any SQLDatabase

    func take(_ zid: ZidOrder, at moment: Timestamp) async throws -> ZidTaken {
        let writing = Writing<ZidTaken>(by: .system, at: moment)
        do {
            return try await database.write(writing) { session in try Self.take(zid, session, at: moment) }.value()
        } catch let error as HubError where error.code == .conflict || error.code == .notFound {
            // Their contact is being made or merged elsewhere.
            throw HubError.busy("this customer is being changed: try again")
        }
    }

    private static func take(
        _ zid: ZidOrder,
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> Change<ZidTaken> {
        let fresh = OrderID.make(at: moment)
        let found = try session.batch([
            SQLStatement(open, [.text(zid.id), .id(fresh)]), SQLStatement(lock, [.text(zid.id)]),
        ])
        guard var row = found[1].first?.reader else { throw HubError(.internal, "A row that was made is not there.") }
        let (id, seenAt) = (try row.text(OrderID.init), try row.moment())
        let products = try products(of: zid, session)
        let updatedAt = zid.updatedAt ?? seenAt
        if updatedAt < seenAt {
            let order = try SQLOrderStore.find(id, .everything, isLocked: false, session)
            return Change(ZidTaken(order: id, isOwedCodes: order.isOwedCodes), nil)
        }
        let (order, change) = try written(zid, id, among: products, session, at: moment)
        let debts = OrderDebts.statements(
            of: order, soldAsCodes: Set(products.filter(\.isSoldAsCodes).map(\.id)), to: zid.customer,
            in: zid.language, at: moment)
        return Change(
            ZidTaken(order: order.id, isOwedCodes: order.isOwedCodes), events: change.events,
            statements: change.statements + debts + [
                SQLStatement(close, [.text(zid.id), .id(order.id), .text(zid.mark), .moment(updatedAt)])
            ])
    }

    /// The order as it is now, what is to be told of it, and what is still to be written.
    private static func written(
        _ zid: ZidOrder,
        _ fresh: OrderID,
        among products: [ZidOrderPlan.Known],
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> (Order, Change<OrderID>) {
        if var known = try session.execute(byExternalID, [.text(zid.id)]).first?.reader {
            let old = try SQLOrderStore.find(known.text(OrderID.init), .everything, isLocked: true, session)
            var new = old
            try ZidOrderPlan.advance(&new, to: zid, at: moment)
            guard let event = AuditEvent.changed(old, to: new) else { return (old, Change(old.id, nil)) }
            new.touch(at: moment)
            return (new, Change(new.id, event, statements: [OrderRow.update(new)]))
        }
        let (contact, events) = try ZidContact(zid.customer, at: moment).attach(session)
        // Zid's number, unless somebody has written that down by hand.
        for number in [zid.id, "zid-\(zid.id)"] {
            var order = try ZidOrderPlan.order(zid, id: fresh, number: number, among: products, at: moment)
            order.contact = contact
            guard try !session.execute(OrderRow.insert(order)).isEmpty else { continue }
            return (
                order,
                Change(order.id, events: events + [.created(order)], statements: OrderRow.insertItems(order))
            )
        }
        throw HubError.conflict("the numbers of this order are taken")
    }

    private static func products(of zid: ZidOrder, _ session: any SQLSession) throws -> [ZidOrderPlan.Known] {
        let ids = Set(zid.lines.flatMap(\.products)).sorted()
        let skus = Set(zid.lines.compactMap(\.sku)).sorted()
        guard !ids.isEmpty || !skus.isEmpty else { return [] }
        let keys = ids.map { [SQLValue.text($0), .text("")] } + skus.map { [SQLValue.text(""), .text($0)] }
        return try session.execute(productsOf.over(keys)).map { row in
            var row = row.reader
            return ZidOrderPlan.Known(
                id: try row.text(ProductID.init), zidID: try row.optionalText(), sku: try row.text(),
                isSoldAsCodes: try row.text(Product.StockPolicy.init) == .codes)
        }
    }

    func isKnown(_ marks: [String: String]) async throws -> Set<String> {
        guard !marks.isEmpty else { return [] }
        return try await database.read { session in
            let rows = try session.execute(
                Self.known.over(marks.sorted { $0.key < $1.key }.map { [.text($0), .text($1)] }))
            return try Set(
                rows.map { row in
                    var row = row.reader
                    return try row.text()
                })
        }
    }

    // MARK: Statements

    private static let open: SQLText = """
        INSERT INTO zid_orders (external_id, order_id, mark, updated_ms) VALUES ($1, $2, '', 0) ON CONFLICT DO NOTHING
        """

    private static let lock = SQLText.locking(
        "SELECT z.order_id, z.updated_ms FROM zid_orders z WHERE z.external_id = $1", of: "z")

    private static let close: SQLText =
        "UPDATE zid_orders SET order_id = $2, mark = $3, updated_ms = $4 WHERE external_id = $1"

    private static let byExternalID: SQLText = "SELECT id FROM orders WHERE source = 'zid' AND external_id = $1"

    private static let productsOf = SQLBulk(
        [.text("zid_id"), .text("sku")],
        """
        SELECT p.id, p.zid_id, p.sku, p.stock_policy FROM k CROSS JOIN products p
        WHERE p.zid_id = k.zid_id OR p.sku = k.sku
        """
    )

    private static let known = SQLBulk(
        [.text("id"), .text("mark")],
        "SELECT z.external_id FROM k CROSS JOIN zid_orders z WHERE z.external_id = k.id AND z.mark = k.mark")
}
