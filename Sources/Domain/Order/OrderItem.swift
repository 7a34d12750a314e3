/// A line of an order, as it was when the customer ordered.
package struct OrderItem: Sendable, Equatable {
    package static let maxQuantity: Int64 = 10_000

    /// Nil for what the shop sold and the hub does not know.
    package let product: ProductID?
    package let name: String
    package let sku: String?
    package let quantity: Int64
    /// Of one piece, in the minor unit of the order's currency.
    package let unitPrice: Int64

    package init(product: ProductID?, name: String, sku: String?, quantity: Int64, unitPrice: Int64) {
        self.product = product
        self.name = name
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
    }

    package var document: JSONValue {
        [
            "product": .optional(product?.text), "name": .string(name), "sku": .optional(sku),
            "quantity": .integer(quantity), "unit_price": .integer(unitPrice),
        ]
    }
}
