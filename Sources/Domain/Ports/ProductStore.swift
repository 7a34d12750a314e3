/// What the shop sells.
package protocol ProductStore: Sendable {
    func product(_ id: ProductID) async throws -> Product?

    func products(_ request: ListRequest<ProductSort, ProductFilter>) async throws -> ListPage<Product>

    /// Throws `conflict` when the sku or the Zid id is taken.
    func add(_ product: Product, _ writing: Writing<Product>) async throws -> Written<Product>

    /// Applies `change` to the product as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale` when `expected` is not its version any more; `conflict` when the sku or the Zid
    /// id is taken; and what `change` throws.
    func change(
        _ id: ProductID,
        expected: Int64?,
        _ writing: Writing<Product>,
        _ change: @escaping @Sendable (inout Product) throws -> Void
    ) async throws -> Product

    /// Throws `not_found`, `stale`, and `conflict` when something refers to it: archive it then.
    func remove(_ id: ProductID, expected: Int64?, _ writing: Writing<Product>) async throws
}
