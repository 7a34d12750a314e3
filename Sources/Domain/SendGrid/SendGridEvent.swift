/// What became of one mail, as SendGrid's event webhook tells it.
package struct SendGridEvent: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case processed, deferred, delivered, bounce, dropped, open, click, spamreport, unsubscribe
        case groupUnsubscribe = "group_unsubscribe"
        case groupResubscribe = "group_resubscribe"
    }

    package let kind: Kind
    /// The same event told again has the same key.
    package let key: String
    /// Our name for the mail, which we gave along.
    package let entry: String?
    /// SendGrid's name for the mail; its answer to the request is the part before the first dot.
    package let providerID: String?
    package let email: String
    package let at: Timestamp
    /// Why, in the words of the other mail server.
    package let reason: String?
    /// A bounce that was a block: this mail was refused, the address is good.
    package let isBlock: Bool

    /// More events than these are not in one delivery.
    package static let maxEvents = 10_000
    /// The argument that carries our name for the mail.
    package static let entryArgument = "hub_entry"

    /// Nil for what is no event or one of a kind that is not known.
    package init?(json: JSONValue) {
        guard let kind = json["event"]?.string.flatMap(Kind.init(rawValue:)),
            let key = json["sg_event_id"]?.string, (1...128).contains(key.utf8.count),
            let email = json["email"]?.string, let seconds = json["timestamp"]?.wholeNumber,
            (0..<100_000_000_000).contains(seconds)
        else { return nil }
        self.kind = kind
        self.key = key
        self.email = email
        at = Timestamp(milliseconds: seconds * 1000)
        entry = json[Self.entryArgument]?.string
        providerID = json["sg_message_id"]?.string.map { String($0.prefix { $0 != "." }) }
        reason = json["reason"]?.string ?? json["response"]?.string
        isBlock = kind == .bounce && json["type"]?.string == "blocked"
    }

    /// The events of a delivery that are known; nil when it is none.
    package static func all(in body: [UInt8]) -> [SendGridEvent]? {
        guard let text = String(validating: body, as: UTF8.self),
            let items = (try? JSONParser.parse(text, maxDepth: 16))?.array, items.count <= maxEvents
        else { return nil }
        return items.compactMap(SendGridEvent.init(json:))
    }

    /// As a room shows it; nil for what says nothing about how far the mail got.
    package var status: MessageStatus? {
        switch kind {
        case .processed: .sent
        case .delivered: .delivered
        case .open, .click: .read
        case .bounce, .dropped: .failed
        case .deferred, .spamreport, .unsubscribe, .groupUnsubscribe, .groupResubscribe: nil
        }
    }

    /// For the people who wanted it sent; nil when it has not failed.
    package var problem: OutboxProblem? {
        switch kind {
        case .bounce:
            // A block may be about who sends; a bounce is about the address.
            OutboxProblem(isBlock ? .blocked : .bounced, details: reason, isOfRecipient: !isBlock)
        case .dropped:
            OutboxProblem(.dropped, details: reason, isOfRecipient: true)
        case .processed, .deferred, .delivered, .open, .click, .spamreport, .unsubscribe, .groupUnsubscribe,
            .groupResubscribe:
            nil
        }
    }
}

extension StatusMessage {
    fileprivate static let bounced = StatusMessage(
        ar: "أعاد خادم المستلم البريد: تحقق من العنوان",
        en: "The recipient's server returned the mail: check the address")
    fileprivate static let blocked = StatusMessage(
        ar: "رفض خادم المستلم هذا البريد: حاول لاحقا", en: "The recipient's server refused this mail: try later")
    fileprivate static let dropped = StatusMessage(
        ar: "لم يرسل SendGrid البريد لأن العنوان محجوب عنده: احذفه من قوائم المنع هناك",
        en: "SendGrid did not send it because the address is suppressed: remove it from the suppressions there")
}
