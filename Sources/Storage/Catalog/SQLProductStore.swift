import Domain

/// Products over either database.
struct SQLProductStore: ProductStore {
    let database: any SQLDatabase

    func product(_ id: ProductID) async throws -> Product? {
        try await database.lookup { session in
            try session.execute(Self.byID, [.id(id)]).first.map(ProductRow.read)
        }
    }

    func products(_ request: ListRequest<ProductSort, ProductFilter>) async throws -> ListPage<Product> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(ProductRow.read), limit: request.limit) { product in
                product.position(by: request.order.key)
            }
        }
    }

    func add(_ product: Product, _ writing: Writing<Product>) async throws -> Written<Product> {
        try await database.write(writing) { session in
            guard try !session.execute(Self.insert, ProductRow.values(product)).isEmpty else { throw Self.taken }
            return Change(product, .created(product))
        }
    }

    func change(
        _ id: ProductID,
        expected: Int64?,
        _ writing: Writing<Product>,
        _ change: @escaping @Sendable (inout Product) throws -> Void
    ) async throws -> Product {
        try await database.write(writing) { session in
            let old = try Self.locked(id, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                try Self.checkFree(new, session)
                return [SQLStatement(Self.update, ProductRow.values(new))]
            }
        }.value()
    }

    func remove(_ id: ProductID, expected: Int64?, _ writing: Writing<Product>) async throws {
        _ = try await database.write(writing) { session in
            let product = try Self.locked(id, session)
            try product.require(expected)
            guard try session.execute(Self.imports, [.id(id)]).isEmpty else {
                throw HubError.conflict("the product has codes, or had: archive it instead")
            }
            return Change(
                product,
                .removed(product),
                statements: [SQLStatement("DELETE FROM products WHERE id = $1", [.id(id)])]
            )
        }
    }

    /// Throws `not_found`.
    private static func locked(_ id: ProductID, _ session: any SQLSession) throws -> Product {
        guard let product = try session.execute(lock, [.id(id)]).first.map(ProductRow.read) else {
            throw HubError.notFound("there is no such product")
        }
        return product
    }

    /// Two that take the same key at once are kept apart by the table's own constraint.
    private static func checkFree(_ product: Product, _ session: any SQLSession) throws {
        let values: [SQLValue] = [.id(product.id), .text(product.sku), .optional(product.zidID)]
        guard try session.execute(others, values).isEmpty else { throw taken }
    }

    private static let taken = HubError.conflict("another product has this sku or zid_id")

    // MARK: Statements

    private static let byID = SQLText("SELECT \(ProductRow.columns) FROM products p WHERE p.id = $1")

    private static let lock = SQLText.locking("SELECT \(ProductRow.columns) FROM products p WHERE p.id = $1", of: "p")

    private static let others: SQLText = "SELECT 1 FROM products WHERE id <> $1 AND (sku = $2 OR zid_id = $3) LIMIT 1"

    static let insert: SQLText = """
        INSERT INTO products (
            id, created_ms, changed_ms, version, name_ar, name_en, description_ar, description_en, sku, price,
            currency, stock_policy, stock, low_stock_threshold, state, category, images, zid_id, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        ON CONFLICT DO NOTHING RETURNING id
        """

    static let update: SQLText = """
        UPDATE products SET
            created_ms = $2, changed_ms = $3, version = $4, name_ar = $5, name_en = $6, description_ar = $7,
            description_en = $8, sku = $9, price = $10, currency = $11, stock_policy = $12, stock = $13,
            low_stock_threshold = $14, state = $15, category = $16, images = $17, zid_id = $18, search = $19
        WHERE id = $1
        """

    /// All codes come in by imports, which stay.
    private static let imports: SQLText = "SELECT 1 FROM code_imports WHERE product_id = $1 LIMIT 1"

    private static let stock = "CASE p.stock_policy WHEN 'codes' THEN p.codes_available ELSE p.stock END"

    private static func list(_ request: ListRequest<ProductSort, ProductFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("p.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("p.stock_policy = $?", optional: filter.stockPolicy.map { .text($0.rawValue) })
        list.require("p.category = $?", optional: filter.category.map { .text($0) })
        list.require("p.sku = $?", optional: filter.sku.map { .text($0) })
        list.require("p.zid_id = $?", optional: filter.zidID.map { .text($0) })
        switch filter.isLow {
        case true?: list.require("\(stock) <= p.low_stock_threshold")
        case false?: list.require("COALESCE(\(stock) > p.low_stock_threshold, TRUE)")
        case nil: break
        }
        list.search(request.search, in: "p.search")
        return list.page(
            "SELECT \(ProductRow.columns) FROM products p",
            sortedBy: "p.\(request.order.key.column)",
            id: "p.id",
            request
        )
    }
}

extension ProductSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        case .name: "name_ar"
        case .sku: "sku"
        case .price: "price"
        }
    }
}

extension Product {
    fileprivate func position(by key: ProductSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .name: .text(nameAr)
            case .sku: .text(sku)
            case .price: .integer(price)
            }
        return ListPosition(value: value, id: id.text)
    }
}
