/// Codes that a paid order is owed: what goes out in one message.
package struct CodeDebt: Sendable, Equatable {
    /// Which item of the order, and which part of one that is too many for a message; both counted from 0.
    package let place: Int
    package let part: Int
    package let product: ProductID
    package let count: Int

    /// In one message. No setting: with another number, what was delivered would be owed once more.
    package static let maxPerMessage: Int64 = 20

    package init(place: Int, part: Int, product: ProductID, count: Int) {
        self.place = place
        self.part = part
        self.product = product
        self.count = count
    }

    /// All that an order is owed, delivered or not; nothing unless it is paid and stands.
    ///
    /// - Parameter soldAsCodes: Products that are sold as codes.
    package static func debts(of order: Order, soldAsCodes: Set<ProductID>) -> [CodeDebt] {
        guard order.isOwedCodes else { return [] }
        var debts: [CodeDebt] = []
        for (place, item) in order.items.enumerated() {
            guard let product = item.product, soldAsCodes.contains(product) else { continue }
            var (left, part) = (item.quantity, 0)
            while left > 0 {
                let count = min(left, maxPerMessage)
                debts.append(CodeDebt(place: place, part: part, product: product, count: Int(count)))
                (left, part) = (left - count, part + 1)
            }
        }
        return debts
    }

    /// The name of the message that delivers it: the same for whoever tries.
    package func mid(of order: OrderID) -> MID { .codes(of: order, place: place, part: part) }
}

extension Order {
    /// Whether its codes may leave.
    package var isOwedCodes: Bool {
        guard payment == .paid else { return false }
        return switch state {
        case .new, .preparing, .ready, .inDelivery, .delivered: true
        case .canceled, .refunded: false
        }
    }
}
