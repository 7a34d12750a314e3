package import Domain

/// Tells a customer where their orders are.
package struct OrderStatusTool: TextTool {
    package let name = "order_status"
    package let purpose = """
        Where orders of this customer are: the newest ones, or one by its number. Tells state, payment, and whether \
        digital codes were delivered. It knows no orders of anybody else.
        """
    package let parameters = [order]

    static let order = ToolParameter.optional("order", 100, "The number of one order; leave it out for the newest.")
    private static let maxOrders = 5
    private static let maxItems = 10

    private let orders: any OrderStore

    package init(orders: any OrderStore) {
        self.orders = orders
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        let number = arguments[Self.order]
        let found = try await orders.orders(ofCustomerIn: run.room, number: number, limit: Self.maxOrders)
        var answer: [String: JSONValue] = ["orders": .array(found.orders.map(Self.document))]
        // The same whether such an order exists for somebody else or not.
        if found.orders.isEmpty { answer["hint"] = .string(Self.hint(isKnown: found.contact != nil)) }
        return .object(answer)
    }

    static func hint(isKnown: Bool) -> String {
        isKnown
            ? "This customer has no such order. Ask for the number, or call hand_over."
            : """
            It is not sure who this customer is, so only orders of this very conversation can be told, and there is \
            none. They can sign in on the shop's site and write from there, or write on WhatsApp from the number that \
            they ordered with; or call hand_over.
            """
    }

    private static func document(of order: Order) -> JSONValue {
        [
            "number": .string(order.number),
            "status": .string(order.state.rawValue), "status_ar": .string(order.state.arabic),
            "payment": .string(order.payment.rawValue), "placed_at": .string(order.placedAt.rfc3339),
            "total": .string(order.currency.text(of: order.total)), "currency": .string(order.currency.code),
            "items": .array(
                order.items.prefix(maxItems).map { ["name": .string($0.name), "quantity": .integer($0.quantity)] }),
            "codes": ["wanted": .integer(order.codes.wanted), "delivered": .integer(order.codes.delivered)],
        ]
    }
}

extension OrderState {
    /// As customers read it.
    fileprivate var arabic: String {
        switch self {
        case .new: "جديد"
        case .preparing: "قيد التجهيز"
        case .ready: "جاهز"
        case .inDelivery: "قيد التوصيل"
        case .delivered: "تم التوصيل"
        case .canceled: "ملغي"
        case .refunded: "أُعيد مبلغه"
        }
    }
}
