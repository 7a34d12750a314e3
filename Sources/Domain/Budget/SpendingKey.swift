/// Where spending is summed up: for whom, and in which span.
package struct SpendingKey: Sendable, Hashable, Comparable {
    /// `shop`, `purpose:answer`, a room, or a customer.
    package let scope: String
    /// `d2026-11-21`, `m2026-11`, `h495123`, or `c3` for the third case of a conversation.
    package let period: String

    package init(scope: String, period: String) {
        self.scope = scope
        self.period = period
    }

    package static let shop = "shop"

    package static func day(_ day: String) -> SpendingKey { SpendingKey(scope: shop, period: "d\(day)") }

    package static func month(_ month: String) -> SpendingKey { SpendingKey(scope: shop, period: "m\(month)") }

    package static func scope(of purpose: ModelPurpose) -> String { "purpose:\(purpose.rawValue)" }

    package static func < (left: SpendingKey, right: SpendingKey) -> Bool {
        (left.scope, left.period) < (right.scope, right.period)
    }
}
