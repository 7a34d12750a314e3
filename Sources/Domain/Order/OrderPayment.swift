/// Whether an order is paid.
package enum OrderPayment: String, Sendable, CaseIterable {
    case unpaid, paid, refunded

    package var next: [OrderPayment] {
        switch self {
        case .unpaid: [.paid]
        case .paid: [.refunded]
        case .refunded: []
        }
    }
}
