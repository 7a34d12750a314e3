/// Where an order is on its way. The names are Zid's.
package enum OrderState: String, Sendable, CaseIterable {
    case new, preparing, ready
    case inDelivery = "in_delivery"
    case delivered, canceled
    /// The customer has the money back. Final.
    case refunded

    /// What may come of it next; steps may be left out, and none is taken back.
    package var next: [OrderState] {
        switch self {
        case .new: [.preparing, .ready, .inDelivery, .delivered, .canceled]
        case .preparing: [.ready, .inDelivery, .delivered, .canceled]
        case .ready: [.inDelivery, .delivered, .canceled]
        case .inDelivery: [.delivered, .canceled]
        case .delivered, .canceled: [.refunded]
        case .refunded: []
        }
    }
}
