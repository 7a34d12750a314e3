import Domain

/// Orders over either database. An order is locked before the products of its codes.
struct SQLOrderStore: OrderStore {
    let database: any SQLDatabase

    func order(_ id: OrderID, scope: CRMScope) async throws -> Order {
        try await database.snapshot { session in try Self.find(id, scope, isLocked: false, session) }
    }

    func orders(_ request: ListRequest<OrderSort, OrderFilter>) async throws -> ListPage<Order> {
        let statement = Self.list(request)
        return try await database.snapshot { session in
            ListPage(try OrderRow.read(session.execute(statement), session), limit: request.limit) { order in
                order.position(by: request.order.key)
            }
        }
    }

    func add(_ order: Order, scope: CRMScope, _ writing: Writing<Order>) async throws -> Written<Order> {
        try await database.write(writing) { session in
            try Self.checkLinks(of: order, scope, session)
            try Self.checkProducts(of: order, session)
            guard try !session.execute(OrderRow.insert(order)).isEmpty else { throw try Self.taken(order, session) }
            for statement in OrderRow.insertItems(order) { _ = try session.execute(statement) }
            // With its codes: some may have been given to its number before.
            return Change(try Self.find(order.id, .everything, isLocked: false, session), .created(order))
        }
    }

    func change(
        _ id: OrderID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Order>,
        _ change: @escaping @Sendable (inout Order) throws -> Void
    ) async throws -> Order {
        try await database.write(writing) { session in
            // Contacts are locked before what is theirs, so whose it is to be must be known before.
            let seen = try Self.find(id, scope, isLocked: false, session)
            var wanted = seen
            try change(&wanted)
            if wanted.contact != seen.contact || wanted.conversation != seen.conversation {
                try Self.checkLinks(of: wanted, scope, session)
            }
            let old = try Self.find(id, scope, isLocked: true, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                let isChecked = new.contact == wanted.contact && new.conversation == wanted.conversation
                guard isChecked else { throw HubError.busy("somebody changes this order: try again") }
                return [OrderRow.update(new)]
            }
        }.value()
    }

    func orders(ofCustomerIn room: RoomID, number: String?, limit: Int) async throws -> CustomerOrders {
        try await database.snapshot { session in
            let contact = try CustomerStatements.contact(in: room, session)
            let values: [SQLValue] = [
                .id(room), .optional(contact?.text), .optional(number.map(Order.key(of:))), .count(limit),
            ]
            return CustomerOrders(
                contact: contact, orders: try OrderRow.read(session.execute(Self.ofCustomer, values), session))
        }
    }

    // MARK: Checks

    static func find(
        _ id: OrderID,
        _ scope: CRMScope,
        isLocked: Bool,
        _ session: any SQLSession
    ) throws -> Order {
        let scope = ScopeCondition.withContact(scope, "o.contact_id")
        let text = "\(select) WHERE o.id = $1\(scope.and(2))"
        let rows = try session.execute(isLocked ? .locking(text, of: "o") : SQLText(text), [.id(id)] + scope.values)
        guard let order = try OrderRow.read(rows, session).first else {
            throw HubError.notFound("there is no such order")
        }
        return order
    }

    private static func checkLinks(of order: Order, _ scope: CRMScope, _ session: any SQLSession) throws {
        // A merge that moves the contact's orders must not miss this one.
        if let contact = order.contact { _ = try ContactStatements.lockNamed(contact, scope, session) }
        try ConversationCheck.check(order.conversation, session)
    }

    private static func checkProducts(of order: Order, _ session: any SQLSession) throws {
        let wanted = Set(order.items.compactMap(\.product)).sorted()
        guard !wanted.isEmpty else { return }
        let found = try Set(
            session.execute(products.over(wanted)).map { row in
                var row = row.reader
                return try row.text(ProductID.init)
            })
        let problems = order.items.enumerated().compactMap { place, item -> FieldProblem? in
            guard let product = item.product, !found.contains(product) else { return nil }
            return FieldProblem("/items/\(place)/product", "conflict", "there is no such product")
        }
        guard problems.isEmpty else { throw HubError.invalid(problems) }
    }

    private static func taken(_ order: Order, _ session: any SQLSession) throws -> HubError {
        let isNumber = try !session.execute(sameNumber, [.text(Order.key(of: order.number))]).isEmpty
        return .conflict(isNumber ? "another order has this number" : "this order of \(order.source.rawValue) is here")
    }

    // MARK: Statements

    private static let select = "SELECT \(OrderRow.columns) FROM orders o"

    private static let products = SQLBulk([.text("id")], "SELECT p.id FROM k CROSS JOIN products p WHERE p.id = k.id")

    private static let sameNumber: SQLText = "SELECT 1 FROM orders WHERE number_key = $1"

    private static let ofCustomer = SQLText(
        """
        \(select) WHERE (o.conversation = $1 OR o.contact_id = $2)
            AND (CAST($3 AS TEXT) IS NULL OR o.number_key = $3)
        ORDER BY o.placed_ms DESC, o.id DESC LIMIT $4
        """
    )

    private static func list(_ request: ListRequest<OrderSort, OrderFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require(ScopeCondition.withContact(filter.scope, "o.contact_id"))
        list.require("o.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("o.payment = $?", optional: filter.payment.map { .text($0.rawValue) })
        list.require("o.source = $?", optional: filter.source.map { .text($0.rawValue) })
        list.require("o.number_key = $?", optional: filter.number.map { .text(Order.key(of: $0)) })
        list.require("o.external_id = $?", optional: filter.externalID.map { .text($0) })
        list.require("o.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("o.conversation = $?", optional: filter.conversation.map { .id($0) })
        list.require("o.placed_ms", from: filter.placedFrom, before: filter.placedBefore)
        list.search(request.search, in: "o.search")
        return list.page(select, sortedBy: request.order.key.column, id: "o.id", request)
    }
}

extension OrderSort {
    fileprivate var column: String {
        switch self {
        case .placedAt: "o.placed_ms"
        case .updatedAt: "o.changed_ms"
        case .total: "o.total"
        }
    }
}

extension Order {
    fileprivate func position(by key: OrderSort) -> ListPosition {
        let value =
            switch key {
            case .placedAt: placedAt.milliseconds
            case .updatedAt: changedAt.milliseconds
            case .total: total
            }
        return ListPosition(value: .integer(value), id: id.text)
    }
}
