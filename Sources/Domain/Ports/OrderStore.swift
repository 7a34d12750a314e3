/// Orders. Each number is taken once, and so is each id of a source, however many hubs write at once.
///
/// What `scope` hides is answered as what does not exist.
package protocol OrderStore: Sendable {
    /// Throws `not_found`.
    func order(_ id: OrderID, scope: CRMScope) async throws -> Order

    func orders(_ request: ListRequest<OrderSort, OrderFilter>) async throws -> ListPage<Order>

    /// Throws `conflict` when the number or the id of the source is taken, `invalid` for a contact, a conversation or a
    /// product that does not exist.
    func add(_ order: Order, scope: CRMScope, _ writing: Writing<Order>) async throws -> Written<Order>

    /// Throws `not_found`, `stale`, what `add` throws, and what `change` throws.
    func change(
        _ id: OrderID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Order>,
        _ change: @escaping @Sendable (inout Order) throws -> Void
    ) async throws -> Order

    /// The orders of the customer of a conversation, newest first: those that belong to the conversation, and all of
    /// their contact where it is sure who they are.
    ///
    /// - Parameter number: One of them, however it is spelt; nil for all.
    func orders(ofCustomerIn room: RoomID, number: String?, limit: Int) async throws -> CustomerOrders
}
