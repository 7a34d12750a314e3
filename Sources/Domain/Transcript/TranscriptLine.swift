/// A message as a transcript shows it.
package struct TranscriptLine: Sendable, Equatable {
    package enum Side: String, Sendable, CaseIterable {
        case customer, shop
        /// Between colleagues.
        case note
    }

    package let at: Timestamp
    package let name: String
    package let side: Side
    /// Nil for a message that was deleted.
    package let text: String?
    package let isEdited: Bool

    package init(at moment: Timestamp, name: String, side: Side, text: String?, isEdited: Bool) {
        at = moment
        self.name = name
        self.side = side
        self.text = text
        self.isEdited = isEdited
    }

    package init(_ message: FoldedHistory.Message, isNote: Bool) {
        let author = message.event.author
        self.init(
            at: message.event.at,
            name: author.name,
            side: isNote ? .note : author.kind.isCustomer ? .customer : .shop,
            text: message.body?.fullText,
            isEdited: message.edited != nil
        )
    }
}
