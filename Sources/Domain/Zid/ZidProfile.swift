/// Whose store the keys are for: `GET /managers/account/profile`.
package struct ZidProfile: Sendable, Equatable {
    package let storeID: String
    package let title: String?
    package let currency: Currency

    package init?(_ json: JSONValue) {
        guard let store = json["user"]?["store"], let id = ZidReading.id(store["id"]) else { return nil }
        storeID = id
        title = ZidName(store["title"])?.ar
        // An object where it is alive, a text in its documents.
        currency = ZidReading.currency(store["currency"]) ?? .riyal
    }
}
