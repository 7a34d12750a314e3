/// A product as Zid has it: `GET /products/`.
package struct ZidProduct: Sendable, Equatable {
    package enum Stock: Sendable, Equatable {
        case unlimited
        case count(Int64)
    }

    package let id: String
    package let name: ZidName
    package let description: ZidName?
    package let sku: String
    /// In the minor unit; what the customer pays now.
    package let price: Int64
    package let currency: Currency
    package let stock: Stock
    package let isPublished: Bool
    package let images: [String]

    /// Nil for what has no id, no name or no price.
    ///
    /// - Parameter store: The currency where the product says none.
    package init?(_ json: JSONValue, currency store: Currency) {
        let currency = ZidReading.currency(json["currency"]) ?? store
        guard let id = ZidReading.id(json["id"]), let name = ZidName(json["name"]),
            let usual = currency.amount(of: json["price"])
        else { return nil }
        self.id = id
        self.name = name
        self.currency = currency
        description = ZidName(json["description"]) ?? ZidName(json["short_description"])
        sku = ZidReading.text(json["sku"], maxLength: 64) ?? "zid-\(id)"
        // A sale of nothing is none.
        let sale = currency.amount(of: json["sale_price"]) ?? 0
        price = sale > 0 ? min(sale, usual) : usual
        if ZidReading.flag(json["is_infinite"]) ?? (json["quantity"] == nil) {
            stock = .unlimited
        } else {
            stock = .count(max(0, json["quantity"]?.wholeNumber ?? json["quantity"]?.string.flatMap(Int64.init) ?? 0))
        }
        isPublished = ZidReading.flag(json["is_published"]) ?? true
        images = (json["images"]?.array ?? []).compactMap(Self.address).prefix(Self.maxImages).map(\.self)
    }

    private static let maxImages = 20

    private static func address(_ image: JSONValue) -> String? {
        let address = image["image"]?["full_size"]?.string ?? image["url"]?.string ?? image.string
        return address.flatMap { $0.hasPrefix("https://") && $0.utf8.count <= 2000 ? $0 : nil }
    }
}
