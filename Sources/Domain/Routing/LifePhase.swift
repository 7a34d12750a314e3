/// Where a conversation stands in its life.
package enum LifePhase: Sendable, Hashable {
    /// Waits for somebody to take it. Nobody owns it. Can become: `bot`, `open`, `waiting`, `snoozed`, `resolved`.
    case queued
    /// The assistant answers. Can become: `queued`, `open`, `waiting`, `snoozed`, `resolved`.
    case bot
    /// An agent owns it, and it is the shop's turn. Can become: `queued`, `bot`, `waiting`, `snoozed`, `resolved`.
    case open
    /// The customer's turn; an agent owns it, or nobody. Can become: `queued`, `bot`, `open`, `snoozed`, `resolved`.
    case waiting
    /// Put away until a moment, or until the customer writes. Can become: `queued`, `bot`, `open`, `resolved`.
    case snoozed(until: Timestamp)
    /// Done. Can become: `queued`, `bot`, `open`.
    case resolved(at: Timestamp)

    package enum Name: String, Sendable, CaseIterable {
        case queued, bot, open, waiting, snoozed, resolved

        /// Whether a customer who wrote waits for a person now: the clocks of answers run.
        package var awaitsPerson: Bool {
            switch self {
            case .queued, .open: true
            case .bot, .waiting, .snoozed, .resolved: false
            }
        }

        /// Whether the next step is the shop's: the clock of the resolution runs.
        package var isShopsTurn: Bool {
            switch self {
            case .queued, .bot, .open: true
            case .waiting, .snoozed, .resolved: false
            }
        }
    }

    package var name: Name {
        switch self {
        case .queued: .queued
        case .bot: .bot
        case .open: .open
        case .waiting: .waiting
        case .snoozed: .snoozed
        case .resolved: .resolved
        }
    }
}
