/// An order as Zid has it: `GET /managers/store/orders/{id}/view`, and an entry of the list.
package struct ZidOrder: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        /// Of the product, and of what it is a variant of.
        package let products: [String]
        package let sku: String?
        package let name: String
        package let quantity: Int64
        /// Of one piece, in the minor unit.
        package let unitPrice: Int64
    }

    package let id: String
    /// Nil for a state that Zid has made up since.
    package let state: OrderState?
    package let payment: OrderPayment
    package let currency: Currency
    /// In the minor unit; nil when it is not said.
    package let total: Int64?
    package let customer: ZidCustomer
    package let lines: [Line]
    package let placedAt: Timestamp?
    package let updatedAt: Timestamp?
    package let language: Language

    /// Takes the order itself, or `{"order": {…}}` around it. Nil without an id and a currency.
    package init?(_ json: JSONValue) {
        let order = json["order"] ?? json
        guard let id = ZidReading.id(order["id"]),
            let currency = ZidReading.currency(order["currency_code"]) ?? ZidReading.currency(order["currency"])
        else { return nil }
        self.id = id
        self.currency = currency
        let code = order["order_status"]?["code"]?.string ?? order["order_status"]?.string
        state = code.flatMap(OrderState.ofZid)
        payment = Self.payment(order, state)
        total = currency.amount(of: order["order_total"])
        customer = ZidCustomer(order["customer"], isMasked: ZidReading.flag(order["is_marketplace_order"]) ?? false)
        lines = (order["products"]?.array ?? []).compactMap { Self.line($0, currency) }
        placedAt = ZidReading.moment(order["created_at"])
        updatedAt = ZidReading.moment(order["updated_at"])
        language = order["language"]?.string == "en" ? .english : .arabic
    }

    /// What tells that it changed since it was seen in a list.
    package var mark: String {
        "\(state?.rawValue ?? "?")/\(payment.rawValue)/\(updatedAt?.milliseconds ?? 0)"
    }

    private static func payment(_ order: JSONValue, _ state: OrderState?) -> OrderPayment {
        if state == .refunded { return .refunded }
        return switch order["payment_status"]?.string?.lowercased() {
        case "paid": .paid
        case "refunded": .refunded
        default: .unpaid
        }
    }

    private static func line(_ json: JSONValue, _ currency: Currency) -> Line? {
        guard let name = ZidName(json["name"]),
            let quantity = json["quantity"]?.wholeNumber ?? json["quantity"]?.string.flatMap(Int64.init),
            (1...OrderItem.maxQuantity).contains(quantity)
        else { return nil }
        let products = [json["id"], json["product_id"], json["parent_id"]].compactMap(ZidReading.id)
        return Line(
            products: products, sku: ZidReading.text(json["sku"], maxLength: 64), name: name.ar, quantity: quantity,
            unitPrice: currency.amount(of: json["price"]) ?? 0)
    }
}

extension OrderState {
    /// By Zid's code, in whatever case: webhooks write `inDelivery`. Nil for one that is not known.
    static func ofZid(_ code: String) -> OrderState? {
        switch code.lowercased().replacing("_", with: "") {
        case "new": .new
        case "preparing": .preparing
        case "ready": .ready
        case "indelivery": .inDelivery
        case "delivered": .delivered
        // Zid's own documents have both spellings.
        case "canceled", "cancelled": .canceled
        case "refunded": .refunded
        default: nil
        }
    }
}
