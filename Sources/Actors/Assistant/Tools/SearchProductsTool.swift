package import Domain

/// Finds what the shop sells, with price and stock.
package struct SearchProductsTool: TextTool {
    package let isHarmless = true
    package let name = "search_products"
    package let purpose = """
        Finds products of the shop by words of their name or description, with price and whether they can be bought now. \
        An empty list: nothing fits; try fewer words.
        """
    package let parameters = [query]

    private static let query = ToolParameter.required(
        "query", 200, "Words that must all occur; Arabic or English.")
    private static let maxFound = 8
    private static let maxDescriptionLength = 300

    private let products: any ProductStore

    package init(products: any ProductStore) {
        self.products = products
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        var filter = ProductFilter()
        filter.state = .active
        let page = try await products.products(
            ListRequest(
                filter: filter, search: arguments[Self.query], order: ListOrder(.name), limit: Self.maxFound))
        return .array(page.items.map(Self.document))
    }

    /// How many there are is the shop's own business; that there are few is not.
    private static func document(of product: Product) -> JSONValue {
        let isAvailable = product.stock.map { $0 > 0 } ?? true
        return [
            "name": .string(product.nameAr), "name_en": .optional(product.nameEn),
            "description": .optional((product.descriptionAr ?? product.descriptionEn).map(short)),
            "price": .string(product.currency.text(of: product.price)), "currency": .string(product.currency.code),
            "available": .bool(isAvailable), "few_left": .bool(isAvailable && product.isLow),
        ]
    }

    private static func short(_ text: String) -> String { String(text.prefix(maxDescriptionLength)) }
}
