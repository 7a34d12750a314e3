/// What a list of products can be narrowed down by; nil leaves it as it is.
package struct ProductFilter: Sendable, Equatable {
    package var state: Product.State?
    package var stockPolicy: Product.StockPolicy?
    package var category: String?
    package var sku: String?
    package var zidID: String?
    package var isLow: Bool?

    package init() {}
}

package enum ProductSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case name = "name_ar"
    case sku
    case price

    package static let usual = ListOrder(ProductSort.createdAt, isDescending: true)
}
