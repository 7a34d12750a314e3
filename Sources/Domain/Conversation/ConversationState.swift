/// Where a conversation stands.
package enum ConversationState: String, Sendable, CaseIterable {
    /// Somebody should look at it.
    case open
    /// Waits for something outside.
    case pending
    /// Put away until a moment or until the customer writes.
    case snoozed
    /// Done, until the customer writes again.
    case resolved

    /// Whether a message of the customer opens it again.
    package var reopensOnCustomerMessage: Bool {
        switch self {
        case .pending, .snoozed, .resolved: true
        case .open: false
        }
    }
}
