import Domain

/// What an order is owed, written down in the transaction that takes the order. Its row is locked.
enum OrderDebts {
    /// Owes what is owed and was not before; what is owed no more is crossed out.
    static func statements(
        of order: Order,
        soldAsCodes: Set<ProductID>,
        to customer: ZidCustomer,
        in language: Language,
        at moment: Timestamp
    ) -> [SQLStatement] {
        guard order.isOwedCodes else { return settle(order.id) }
        let debts = CodeDebt.debts(of: order, soldAsCodes: soldAsCodes)
        guard !debts.isEmpty else { return [] }
        return [
            insert.over(
                debts.map { debt in
                    [
                        .id(order.id), .count(debt.place), .count(debt.part), .id(debt.product), .count(debt.count),
                    ]
                }),
            SQLStatement(
                owe,
                [
                    .id(order.id), .moment(moment), .moment(order.paidAt ?? moment), .json(customer.json),
                    .text(language.rawValue),
                ]),
        ]
    }

    /// Nothing is owed any more: what was not delivered never will be.
    static func settle(_ order: OrderID) -> [SQLStatement] {
        [SQLStatement(cancel, [.id(order)]), SQLStatement(end, [.id(order)])]
    }

    static func deliver(_ delivery: CodeDelivery, _ seq: SequenceNumber) -> [SQLStatement] {
        let values: [SQLValue] = [
            .id(delivery.order), .count(delivery.debt.place), .count(delivery.debt.part), .id(delivery.room), .seq(seq),
        ]
        return [SQLStatement(pay, values), SQLStatement(end, [.id(delivery.order)])]
    }

    static func isOwed(_ delivery: CodeDelivery, _ session: any SQLSession) throws -> Bool {
        let values: [SQLValue] = [.id(delivery.order), .count(delivery.debt.place), .count(delivery.debt.part)]
        return try !session.execute(owed, values).isEmpty
    }

    /// Whether the order has what it ordered of the product, because somebody gave it by hand.
    static func isCovered(_ debt: CodeDebt, of order: Order, _ session: any SQLSession) throws -> Bool {
        let ordered = order.items.filter { $0.product == debt.product }.reduce(0) { $0 + $1.quantity }
        guard var row = try session.execute(sold, [.text(order.number), .id(debt.product)]).first?.reader else {
            return false
        }
        return try row.integer() + Int64(debt.count) > ordered
    }

    /// It will not be delivered.
    static func void(_ delivery: CodeDelivery) -> [SQLStatement] {
        let values: [SQLValue] = [.id(delivery.order), .count(delivery.debt.place), .count(delivery.debt.part)]
        return [SQLStatement(cancelOne, values), SQLStatement(end, [.id(delivery.order)])]
    }

    static func owed(_ order: OrderID, _ session: any SQLSession) throws -> [CodeDebt] {
        try session.execute(allOwed, [.id(order)]).map { row in
            var row = row.reader
            return CodeDebt(
                place: Int(try row.integer()), part: Int(try row.integer()), product: try row.text(ProductID.init),
                count: Int(try row.integer()))
        }
    }

    // MARK: Statements

    private static let insert = SQLBulk(
        [.text("order_id"), .integer("place"), .integer("part"), .text("product_id"), .integer("pieces")],
        """
        INSERT INTO order_debts (order_id, place, part, product_id, pieces, state)
        SELECT order_id, place, part, product_id, pieces, 'owed' FROM k WHERE true ON CONFLICT DO NOTHING
        """
    )

    /// Who is known anew is told anew, as long as something is owed.
    private static let owe: SQLText = """
        INSERT INTO order_deliveries (order_id, state, due_ms, attempts, paid_ms, customer, language)
        SELECT CAST($1 AS TEXT), 'owed', $2, 0, $3, $4, $5
        WHERE EXISTS (SELECT 1 FROM order_debts WHERE order_id = $1 AND state = 'owed')
        ON CONFLICT (order_id) DO UPDATE SET state = 'owed', customer = excluded.customer
        """

    private static let cancel: SQLText =
        "UPDATE order_debts SET state = 'void' WHERE order_id = $1 AND state = 'owed'"

    private static let cancelOne: SQLText =
        "UPDATE order_debts SET state = 'void' WHERE order_id = $1 AND place = $2 AND part = $3 AND state = 'owed'"

    private static let sold: SQLText =
        "SELECT COUNT(*) FROM codes WHERE order_ref = $1 AND product_id = $2 AND state = 'sold'"

    private static let end: SQLText = """
        UPDATE order_deliveries SET state = 'settled', waits = NULL, customer = NULL
        WHERE order_id = $1 AND NOT EXISTS (SELECT 1 FROM order_debts d WHERE d.order_id = $1 AND d.state = 'owed')
        """

    private static let pay: SQLText = """
        UPDATE order_debts SET state = 'delivered', room_id = $4, seq = $5
        WHERE order_id = $1 AND place = $2 AND part = $3
        """

    private static let owed: SQLText =
        "SELECT 1 FROM order_debts WHERE order_id = $1 AND place = $2 AND part = $3 AND state = 'owed'"

    private static let allOwed: SQLText = """
        SELECT place, part, product_id, pieces FROM order_debts WHERE order_id = $1 AND state = 'owed'
        ORDER BY place, part
        """
}
