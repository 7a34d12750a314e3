/// One thing that a webhook told, with where it came from.
package struct WhatsAppItem: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case message(WhatsAppMessage)
        case status(WhatsAppStatus)
        case preference(WhatsAppPreference)
        case notice(WhatsAppNotice)
        /// Cannot be read; says why in plain words.
        case broken(String)
    }

    package let content: Content
    /// A delivery that holds this item alone: read again, it gives this item.
    package let source: JSONValue

    package init(content: Content, source: JSONValue) {
        self.content = content
        self.source = source
    }

    /// Whose turn it is: items with the same key are handled one after another; nil where order does not matter.
    package var lane: String? {
        switch content {
        case .message(let message): "\(message.number)/\(message.person.key)"
        case .status(let status): status.person.map { "\(status.number)/\($0.key)" }
        case .preference(let preference): "\(preference.number)/\(preference.person.key)"
        case .notice, .broken: nil
        }
    }

    /// When WhatsApp says it happened.
    package var happenedAt: Timestamp? {
        switch content {
        case .message(let message): message.sentAt
        case .status(let status): status.at
        case .preference(let preference): preference.at
        case .notice, .broken: nil
        }
    }
}
