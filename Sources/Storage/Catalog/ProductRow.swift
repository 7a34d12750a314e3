import Domain

/// Products as their table stores them.
enum ProductRow {
    /// Of the table named `p`.
    static let columns = """
        p.id, p.created_ms, p.changed_ms, p.version, p.name_ar, p.name_en, p.description_ar, p.description_en,
        p.sku, p.price, p.currency, p.stock_policy, p.stock, p.low_stock_threshold, p.state, p.category, p.images,
        p.zid_id, p.codes_available
        """

    static func read(_ row: SQLRow) throws(HubError) -> Product {
        var row = row.reader
        var product = Product(id: try row.text(ProductID.init), at: try row.moment())
        product.changedAt = try row.moment()
        product.version = try row.integer()
        product.nameAr = try row.text()
        product.nameEn = try row.optionalText()
        product.descriptionAr = try row.optionalText()
        product.descriptionEn = try row.optionalText()
        product.sku = try row.text()
        product.price = try row.integer()
        product.currency = try row.text(Currency.init)
        product.stockPolicy = try row.text(Product.StockPolicy.init)
        product.stock = try row.optionalInteger()
        product.lowStockThreshold = try row.optionalInteger()
        product.state = try row.text(Product.State.init)
        product.category = try row.optionalText()
        product.images = try row.texts()
        product.zidID = try row.optionalText()
        product.availableCodes = try row.integer()
        return product
    }

    /// In the order of `columns` without the last, which codes are counted in; then the text to search.
    static func values(_ product: Product) -> [SQLValue] {
        [
            .id(product.id), .moment(product.createdAt), .moment(product.changedAt), .integer(product.version),
            .text(product.nameAr), .optional(product.nameEn), .optional(product.descriptionAr),
            .optional(product.descriptionEn), .text(product.sku), .integer(product.price),
            .text(product.currency.code), .text(product.stockPolicy.rawValue), .optional(product.trackedStock),
            .optional(product.lowStockThreshold), .text(product.state.rawValue), .optional(product.category),
            .texts(product.images), .optional(product.zidID), .text(SearchText.fold(product.searchText)),
        ]
    }
}
