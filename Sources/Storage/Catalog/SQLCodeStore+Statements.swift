import Domain

/// Reading codes, and locking them by the rows of their products.
extension SQLCodeStore {
    static let unknown = HubError.notFound("there is no such code")

    /// The selected codes as they are under the lock of their products, in the order of their ids.
    ///
    /// Throws `not_found` when one of several or all are missing, `stale`, and `conflict` when they are too many.
    static func locked(_ selection: CodeSelection, _ session: any SQLSession) throws -> [DigitalCode] {
        let selecting = selected(selection)
        let products = try Set(
            session.execute(SQLText("SELECT c.product_id \(selecting.text)"), selecting.values).map(readProduct))
        guard !products.isEmpty else { throw unknown }
        let text = SQLText("SELECT \(CodeRow.columns) \(selecting.text)")
        let found = try session.batch([
            lockProducts.over(products.map { [.id($0)] }),
            SQLStatement(text, selecting.values),
        ])[1]
        // What came in meanwhile may be of a product that is not locked.
        let codes = try found.map(CodeRow.read).filter { products.contains($0.product) }
        guard codes.count <= maxChanges else {
            throw HubError.conflict("these are more than \(maxChanges) codes: change them one by one")
        }
        switch selection {
        case .one(_, let expected):
            guard let code = codes.first else { throw unknown }
            try code.require(expected)
        case .several(let ids):
            guard codes.count == ids.count else { throw unknown }
        case .reserved:
            guard !codes.isEmpty else { throw unknown }
        }
        return codes
    }

    static func readProduct(_ row: SQLRow) throws(HubError) -> ProductID {
        var row = row.reader
        return try row.text(ProductID.init)
    }

    /// Everything behind the columns of a query.
    private static func selected(_ selection: CodeSelection) -> (text: String, values: [SQLValue]) {
        let condition: String
        let values: [SQLValue]
        switch selection {
        case .one(let id, _):
            (condition, values) = ("c.id = $1", [.id(id)])
        case .several(let ids):
            condition = "c.id IN (\(ids.indices.map { "$\($0 + 1)" }.joined(separator: ", ")))"
            values = ids.map { .id($0) }
        case .reserved(for: .order(let order, _)):
            (condition, values) = ("c.order_ref = $1 AND c.state = 'reserved'", [.text(order)])
        case .reserved(for: .conversation(let room)):
            (condition, values) = ("c.conversation = $1 AND c.order_ref IS NULL AND c.state = 'reserved'", [.id(room)])
        }
        let limit = maxChanges + 1
        return ("FROM codes c WHERE \(condition) AND \(CodeRow.isVisible) ORDER BY c.id LIMIT \(limit)", values)
    }

    /// In the order of their ids, as all that touches several products.
    static let lockProducts = SQLBulk(
        [.text("id")],
        .locking("SELECT p.id FROM products p WHERE p.id IN (SELECT k.id FROM k) ORDER BY p.id", of: "p")
    )

    static let byID = SQLText("SELECT \(CodeRow.columns) FROM codes c WHERE c.id = $1 AND \(CodeRow.isVisible)")

    static let sealedByID = SQLText(
        "SELECT \(CodeRow.columns), c.sealed FROM codes c WHERE c.id = $1 AND \(CodeRow.isVisible)")

    static let dueProducts = SQLText(
        """
        SELECT DISTINCT d.product_id FROM (
            SELECT c.product_id FROM codes c WHERE c.state = 'reserved' AND c.reserved_ms <= $1
            UNION ALL
            SELECT c.product_id FROM codes c
            WHERE c.state = 'available' AND c.expires_ms <= $1 AND \(CodeRow.isVisible)
        ) d ORDER BY d.product_id LIMIT $2
        """
    )

    static let lapsedOfProduct = SQLText(
        """
        SELECT \(CodeRow.columns) FROM codes c
        WHERE c.product_id = $1 AND c.state = 'reserved' AND c.reserved_ms <= $2
        ORDER BY c.reserved_ms, c.id LIMIT $3
        """
    )

    static let expiredOfProduct = SQLText(
        """
        SELECT \(CodeRow.columns) FROM codes c
        WHERE c.product_id = $1 AND c.state = 'available' AND c.expires_ms <= $2 AND \(CodeRow.isVisible)
        ORDER BY c.expires_ms, c.id LIMIT $3
        """
    )

    static func list(_ request: ListRequest<CodeSort, CodeFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require(CodeRow.isVisible)
        list.require("c.product_id = $?", optional: filter.product.map { .id($0) })
        list.require("c.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("c.import_id = $?", optional: filter.importID.map { .id($0) })
        list.require("c.order_ref = $?", optional: filter.order.map { .text($0) })
        list.require("c.conversation = $?", optional: filter.conversation.map { .id($0) })
        list.require("c.expires_ms < $?", optional: filter.expiresBefore.map { .moment($0) })
        let column =
            switch request.order.key {
            case .createdAt: "c.created_ms"
            case .expiresAt: "c.expires_ms"
            }
        return list.page("SELECT \(CodeRow.columns) FROM codes c", sortedBy: column, id: "c.id", request)
    }
}
