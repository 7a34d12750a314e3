/// What an entry of the outbox is to say.
package enum OutboxContent: Sendable, Equatable {
    case whatsApp(OutboundMessage)
    case mail(MailOrder)
    /// Its words are found when it leaves.
    case sms(SMSID)
    case slack(SlackPost)
    /// The calendar is made to say what the call-back says when this leaves.
    case appointment(CallbackID)
    /// A delivery to a system of the shop; what it says stands with it.
    case hook(HookDeliveryID)

    /// Whether it may be sent though the recipient has not written for long, and waits when complaints came.
    package var startsConversation: Bool {
        switch self {
        case .whatsApp(let message): message.startsConversation
        case .mail, .sms, .slack, .appointment, .hook: false
        }
    }

    /// How many tries whose answer was lost are made again; 0 where a second one might reach somebody twice.
    ///
    /// An appointment has an id of ours, so that doing it again does nothing. An alert that comes twice is better than
    /// one that nobody saw, but a gateway that answers badly for an hour shall not post it eight times. A delivery to a
    /// system of the shop has an id by which doubles are known.
    package var repeatsAfterLoss: Int64 {
        switch self {
        case .whatsApp, .mail, .sms: 0
        case .slack: 1
        case .appointment, .hook: .max
        }
    }

    /// As the outbox stores it: `type` says which it is.
    package var json: JSONValue {
        switch self {
        case .whatsApp(let message): message.json
        case .mail(let order): ["type": "mail", "mail": order.json]
        case .sms(let id): ["type": "sms", "sms": .string(id.text)]
        case .slack(let post): ["type": "slack", "text": .string(post.text)]
        case .appointment(let callback): ["type": "appointment", "callback": .string(callback.text)]
        case .hook(let delivery): ["type": "hook", "delivery": .string(delivery.text)]
        }
    }

    /// Reads what `json` gave; nil for all else.
    package init?(json: JSONValue) {
        let content: OutboxContent? =
            switch json["type"]?.string {
            case "mail": json["mail"].flatMap(MailOrder.init(json:)).map { .mail($0) }
            case "sms": json["sms"]?.string.flatMap(SMSID.init).map { .sms($0) }
            case "slack": json["text"]?.string.map { .slack(SlackPost($0)) }
            case "appointment": json["callback"]?.string.flatMap(CallbackID.init).map { .appointment($0) }
            case "hook": json["delivery"]?.string.flatMap(HookDeliveryID.init).map { .hook($0) }
            default: OutboundMessage(json: json).map { .whatsApp($0) }
            }
        guard let content else { return nil }
        self = content
    }
}
