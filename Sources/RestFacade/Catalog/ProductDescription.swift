import Domain

/// Products as the API describes and reads them.
enum ProductDescription {
    /// An amount in the minor unit of a currency.
    private static let price = Schema.integer(0...1_000_000_000_000)

    static let resource = ResourceSchema(
        "Product",
        [
            .readOnly("id", .id(ProductID.self)),
            .required("name_ar", .line(200)),
            .nullable("name_en", .line(200)),
            .nullable("description_ar", .prose(10_000)),
            .nullable("description_en", .prose(10_000)),
            .required("sku", .line(64), "The shop's own key of the product; unique."),
            .required("price", price, "In the currency's minor unit: 1999 is 19.99 SAR."),
            .optional("currency", .text(.currency), "ISO 4217; SAR when not given."),
            .optional("stock_policy", .choice(Product.StockPolicy.self)),
            .nullable("stock", .count, "How many there are to sell; null when that is unlimited."),
            .nullable("low_stock_threshold", .count, "At so many or fewer `low_stock` is true."),
            .readOnly("low_stock", .boolean),
            .optional("state", .choice(Product.State.self), "A new product is a draft."),
            .nullable("category", .line(100)),
            .optional("images", .list(.text(.link), count: 0...20), "Addresses of pictures, the main one first."),
            .nullable("zid_id", .line(64), "The product's id at Zid; unique."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(Product.State.self)),
        .init(name: "stock_policy", schema: .choice(Product.StockPolicy.self)),
        .init(name: "category", schema: .line(100)),
        .init(name: "sku", schema: .line(64)),
        .init(name: "zid_id", schema: .line(64)),
        .init(name: "low_stock", schema: .boolean),
    ]

    static func filter(_ query: Members) throws(HubError) -> ProductFilter {
        var filter = ProductFilter()
        filter.state = try query.choice("state")
        filter.stockPolicy = try query.choice("stock_policy")
        filter.category = try query.text("category")
        filter.sku = try query.text("sku")
        filter.zidID = try query.text("zid_id")
        filter.isLow = try query.bool("low_stock")
        return filter
    }

    static func merge(_ body: Members, into product: inout Product) throws(HubError) {
        try body.set(&product.nameAr, "name_ar")
        try body.set(&product.nameEn, "name_en")
        try body.set(&product.descriptionAr, "description_ar")
        try body.set(&product.descriptionEn, "description_en")
        try body.set(&product.sku, "sku")
        try body.set(&product.price, "price")
        if let code = try body.text("currency"), let currency = Currency(code) { product.currency = currency }
        try body.set(&product.stockPolicy, "stock_policy")
        if body.has("stock") { product.stock = try body.integer("stock") }
        try body.set(&product.lowStockThreshold, "low_stock_threshold")
        try body.set(&product.state, "state")
        try body.set(&product.category, "category")
        try body.set(&product.images, "images")
        try body.set(&product.zidID, "zid_id")
        try product.check()
    }
}
