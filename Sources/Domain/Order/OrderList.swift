/// What a list of orders can be narrowed down by; nil leaves it as it is.
package struct OrderFilter: Sendable, Equatable {
    package var scope: CRMScope
    package var state: OrderState?
    package var payment: OrderPayment?
    package var source: OrderSource?
    package var number: String?
    package var externalID: String?
    package var contact: ContactID?
    package var conversation: RoomID?
    /// Ordered at or after.
    package var placedFrom: Timestamp?
    /// Ordered before.
    package var placedBefore: Timestamp?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum OrderSort: String, SortKey {
    case placedAt = "placed_at"
    case updatedAt = "updated_at"
    case total

    package static let usual = ListOrder(OrderSort.placedAt, isDescending: true)
}
