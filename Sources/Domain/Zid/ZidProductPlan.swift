/// What a product of Zid makes of ours.
package enum ZidProductPlan {
    /// - Parameter product: Ours; a fresh one for what is new here.
    package static func apply(_ zid: ZidProduct, to product: inout Product, stock owner: ZidStockOwner) {
        let isNew = product.version == 1 && product.sku.isEmpty
        product.zidID = zid.id
        product.sku = zid.sku
        product.nameAr = zid.name.ar
        product.nameEn = zid.name.en ?? product.nameEn
        if let description = zid.description {
            product.descriptionAr = description.ar
            product.descriptionEn = description.en ?? product.descriptionEn
        }
        product.price = zid.price
        product.currency = zid.currency
        if !zid.images.isEmpty { product.images = zid.images }
        // What staff put away stays away.
        if product.state != .archived { product.state = zid.isPublished ? .active : .draft }
        if isNew || owner == .zid { takeStock(zid.stock, &product) }
    }

    /// Codes are counted here, whoever owns the rest.
    private static func takeStock(_ stock: ZidProduct.Stock, _ product: inout Product) {
        guard product.stockPolicy != .codes else { return }
        switch stock {
        case .unlimited:
            product.stockPolicy = .unlimited
            product.stock = nil
        case .count(let count):
            product.stockPolicy = .tracked
            product.stock = count
        }
    }
}
