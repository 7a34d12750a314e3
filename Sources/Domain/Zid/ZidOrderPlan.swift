/// What an order of Zid makes of ours.
package enum ZidOrderPlan {
    /// A product of ours as orders look for it.
    package struct Known: Sendable, Equatable {
        package let id: ProductID
        package let zidID: String?
        package let sku: String
        package let isSoldAsCodes: Bool

        package init(id: ProductID, zidID: String?, sku: String, isSoldAsCodes: Bool) {
            self.id = id
            self.zidID = zidID
            self.sku = sku
            self.isSoldAsCodes = isSoldAsCodes
        }
    }

    /// An order that is not here yet, as it stands at Zid. Throws `invalid` for one that comes to more than we count.
    ///
    /// - Parameter number: The shop's own number of it.
    package static func order(
        _ zid: ZidOrder,
        id: OrderID,
        number: String,
        among products: [Known],
        at moment: Timestamp
    ) throws(HubError) -> Order {
        var order = try Order(
            id: id, number: number, source: .zid, externalID: zid.id,
            items: zid.lines.prefix(Order.maxItems).map { line in
                OrderItem(
                    product: product(of: line, among: products)?.id, name: line.name, sku: line.sku,
                    quantity: line.quantity, unitPrice: line.unitPrice)
            },
            total: zid.total, currency: zid.currency, placedAt: zid.placedAt, at: moment)
        try advance(&order, to: zid, at: moment)
        return order
    }

    /// By its id at Zid, else by that of what it is a variant of, else by its sku.
    package static func product(of line: ZidOrder.Line, among products: [Known]) -> Known? {
        for id in line.products {
            if let product = products.first(where: { $0.zidID == id }) { return product }
        }
        return line.sku.flatMap { sku in products.first { $0.sku == sku } }
    }

    /// Brings an order to where Zid has it, as far as it may go there: an order never goes back.
    ///
    /// What was missed in between is made up for: who has the money back, has paid before.
    package static func advance(_ order: inout Order, to zid: ZidOrder, at moment: Timestamp) throws(HubError) {
        if zid.payment != .unpaid, order.payment == .unpaid { try order.pay(.paid, at: moment) }
        if let state = zid.state { try move(&order, to: state, at: moment) }
        if zid.payment == .refunded, order.payment == .paid { try order.pay(.refunded, at: moment) }
    }

    private static func move(_ order: inout Order, to state: OrderState, at moment: Timestamp) throws(HubError) {
        if state == .refunded, order.state != .refunded, !order.state.next.contains(.refunded) {
            try order.move(to: .canceled, at: moment)
        }
        guard order.state.next.contains(state) else { return }
        try order.move(to: state, at: moment)
    }
}
