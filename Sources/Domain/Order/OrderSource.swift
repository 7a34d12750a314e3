/// Where an order was made.
package enum OrderSource: String, Sendable, CaseIterable {
    /// By staff, or by a program of the shop.
    case manual
    case zid
}
