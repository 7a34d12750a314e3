/// A part of a list. Source: Zid "Retrieve a list of products", "List of Orders".
package struct ZidPage<Item: Sendable & Equatable>: Sendable, Equatable {
    package let items: [Item]
    /// Entries that could not be read; they are passed over, so that one of them does not stop the list.
    package let unreadable: Int
    /// Whether nothing comes after it.
    package let isLast: Bool

    init(_ entries: [JSONValue], isLast: Bool, _ read: (JSONValue) -> Item?) {
        items = entries.compactMap(read)
        unreadable = entries.count - items.count
        self.isLast = isLast
    }
}

extension ZidPage<ZidProduct> {
    /// It ends with `next` null, or with a short page. Nil when it is no page of products.
    ///
    /// - Parameter currency: Of the store, for products that do not say it.
    package init?(products json: JSONValue, size: Int, currency: Currency) {
        guard let entries = json["results"]?.array else { return nil }
        self.init(entries, isLast: json["next"] == nil || entries.count < size) { ZidProduct($0, currency: currency) }
    }
}

extension ZidPage<ZidOrder> {
    /// Nil when it is no page of orders.
    package init?(orders json: JSONValue, size: Int) {
        guard let entries = json["orders"]?.array else { return nil }
        self.init(entries, isLast: entries.count < size, ZidOrder.init)
    }
}
