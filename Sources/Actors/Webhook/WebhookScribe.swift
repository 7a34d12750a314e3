package import Domain

/// Reads the deliveries of one provider, and writes what they tell. Doing it twice does it once.
package protocol WebhookScribe: Sendable {
    associatedtype Item: WebhookItem

    static var provider: WebhookEvent.Provider { get }
    /// As people call it.
    static var title: String { get }

    /// The items of a delivery, in its order. Throws what is wrong with one that cannot be read at all.
    func items(of event: WebhookEvent) throws(WebhookUnreadable) -> [Item]

    /// As `WebhookItem.source` kept them.
    func items(of leftover: WebhookLeftover) -> [Item]

    /// Throws what may pass by itself: a store that is away, a queue that is full.
    func write(_ item: Item) async throws -> WebhookOutcome
}

/// One thing that a delivery told.
package protocol WebhookItem: Sendable {
    /// Items with the same key are handled one after another; nil where order does not matter.
    var lane: String? { get }
    /// When the provider says it happened; nil when it does not say.
    var happenedAt: Timestamp? { get }
    /// What gives this item alone when it is read again.
    var source: JSONValue { get }
}

/// What became of an item.
package enum WebhookOutcome: Sendable, Equatable {
    case done
    /// It speaks of a message that is not known yet.
    case waits(for: String)
    /// Nothing can be done with it; why.
    case parked(String)
    /// To be written down in the audit log.
    case traced(AuditEvent)
}

/// Why a delivery cannot be read.
package struct WebhookUnreadable: Error, Equatable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
