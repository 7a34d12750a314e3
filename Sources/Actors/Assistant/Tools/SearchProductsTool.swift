package import Domain

/// Finds what the shop sells, with price and stock.
package struct SearchProductsTool: AssistantTool {
    package let offer = ToolOffer(
        name: "search_products",
        purpose: "Finds products of the shop by words of their name or description, with price and stock.",
        parameters: [
            "type": "object",
            "properties": ["query": ["type": "string", "description": "Words that must all occur; Arabic or English."]],
            "required": ["query"],
        ]
    )

    private static let maxFound = 8
    private static let maxQueryLength = 200

    private let products: any ProductStore

    package init(products: any ProductStore) {
        self.products = products
    }

    package func call(_ arguments: JSONValue, in conversation: AssistantRun.ID) async throws -> ToolResult {
        guard let query = arguments["query"]?.string, (1...Self.maxQueryLength).contains(query.count) else {
            return .fault("query must be a text of 1 to \(Self.maxQueryLength) characters")
        }
        var filter = ProductFilter()
        filter.state = .active
        let page = try await products.products(
            ListRequest(filter: filter, search: query, order: ListOrder(.name), limit: Self.maxFound))
        return .answer(.array(page.items.map(Self.document)))
    }

    private static func document(of product: Product) -> JSONValue {
        [
            "name": .string(product.nameAr), "name_en": .optional(product.nameEn),
            "description": .optional(product.descriptionAr.map { String($0.prefix(300)) }),
            "price": .string(product.currency.text(of: product.price)), "currency": .string(product.currency.code),
            "available": .bool(product.stock.map { $0 > 0 } ?? true),
        ]
    }
}
