/// What an entry of the outbox is to say.
package enum OutboxContent: Sendable, Equatable {
    case whatsApp(OutboundMessage)
    case mail(MailOrder)

    /// Whether it may be sent though the recipient has not written for long, and waits when complaints came.
    package var startsConversation: Bool {
        switch self {
        case .whatsApp(let message): message.startsConversation
        case .mail: false
        }
    }

    /// As the outbox stores it: `type` says which it is.
    package var json: JSONValue {
        switch self {
        case .whatsApp(let message): message.json
        case .mail(let order): ["type": "mail", "mail": order.json]
        }
    }

    /// Reads what `json` gave; nil for all else.
    package init?(json: JSONValue) {
        if json["type"]?.string == "mail" {
            guard let order = json["mail"].flatMap(MailOrder.init(json:)) else { return nil }
            self = .mail(order)
        } else {
            guard let message = OutboundMessage(json: json) else { return nil }
            self = .whatsApp(message)
        }
    }
}
