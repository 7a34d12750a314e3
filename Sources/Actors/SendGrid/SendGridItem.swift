package import Domain

/// One event of a delivery.
package struct SendGridItem: WebhookItem {
    package let event: SendGridEvent
    package let source: JSONValue

    /// Nil for what is no event of a known kind.
    package init?(_ json: JSONValue) {
        guard let event = SendGridEvent(json: json) else { return nil }
        self.event = event
        source = json
    }

    /// Events of a mail come in any order.
    package var lane: String? { nil }

    package var happenedAt: Timestamp? { event.at }
}
