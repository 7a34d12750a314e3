/// Which entries of the outbox one relay sends.
///
/// Systems of the shop answer as they like. So they have a relay with places of its own, and hold up no customer.
package enum OutboxShare: String, Sendable, CaseIterable {
    /// All that leaves for customers, colleagues and calendars.
    case messages
    /// What leaves for systems of the shop.
    case hooks

    /// What the names of its metrics begin with.
    package var metricPrefix: String {
        switch self {
        case .messages: "hub_outbox"
        case .hooks: "hub_hooks"
        }
    }
}
