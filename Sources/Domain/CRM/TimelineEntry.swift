/// One thing that happened with a contact, as its timeline shows it.
package struct TimelineEntry: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case conversation, lead, deal, note
        /// Of a code its text is never shown.
        case code, order
    }

    package let kind: Kind
    /// Of the room, lead, deal, note or code; the shop's number of the order.
    package let id: String
    package let at: Timestamp
    /// What a line shows of it: a title, a source, a note's text, the name of a code's product.
    package let text: String?
    package let state: String?
    /// In the minor unit of `currency`.
    package let amount: Int64?
    package let currency: String?
    /// Who wrote or owns it, or handed it out.
    package let by: String?

    package init(
        kind: Kind,
        id: String,
        at moment: Timestamp,
        text: String?,
        state: String?,
        amount: Int64?,
        currency: String?,
        by: String?
    ) {
        self.kind = kind
        self.id = id
        at = moment
        self.text = text
        self.state = state
        self.amount = amount
        self.currency = currency
        self.by = by
    }

    package var document: [String: JSONValue] {
        [
            "kind": .string(kind.rawValue),
            "id": .string(id),
            "at": .string(at.rfc3339),
            "text": .optional(text),
            "state": .optional(state),
            "amount": .optional(amount),
            "currency": .optional(currency),
            "by": .optional(by),
        ]
    }
}

package enum TimelineSort: String, SortKey {
    case at

    package static let usual = ListOrder(TimelineSort.at, isDescending: true)
}
