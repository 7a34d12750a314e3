/// What a visitor chooses of what an `interactive` message offered.
///
/// The visitor names it by its id alone; the hub writes what it says, so that a choice is always of what was offered.
extension MessageCard {
    /// Throws `bad_request` for an id that none can have.
    package static func choice(_ id: String) throws(HubError) -> MessageCard {
        guard (1...maxChoiceID).contains(id.utf16.count) else {
            throw .badRequest("body.id must have 1 to \(maxChoiceID) characters: that of what was chosen")
        }
        return MessageCard(kind: .choice, text: "", details: ["id": .string(id)])
    }

    /// The choice of the same id among what `offer` offers; nil when it offers no such thing.
    func taken(from offer: MessageCard?) -> MessageCard? {
        guard kind == .choice, let id = details["id"]?.string, let offer, let message = OutboundMessage(offer) else {
            return nil
        }
        switch message {
        case .buttons(let buttons):
            return buttons.buttons.first { $0.id == id }.map { Self.choice("button", id, $0.title, note: nil) }
        case .list(let list):
            let row = list.sections.lazy.flatMap(\.rows).first { $0.id == id }
            return row.map { Self.choice("list", id, $0.title, note: $0.note) }
        case .text, .media, .location, .contacts, .reaction, .link, .template:
            return nil
        }
    }

    private static func choice(_ way: String, _ id: String, _ title: String, note: String?) -> MessageCard {
        var details: [String: JSONValue] = ["choice": .string(way), "id": .string(id)]
        details["note"] = note.map { .string($0) }
        return MessageCard(kind: .choice, text: title, details: details)
    }

    /// As long as the id of a button may be.
    private static let maxChoiceID = 256
}
