/// A message for another channel, or from it, that is neither plain text, nor a stored file, nor a template.
///
/// Whoever does not know a kind shows `text`.
package struct MessageCard: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A file that is not here yet, or could not be fetched.
        case media
        case location, contacts
        /// What was chosen from buttons or a list.
        case choice
        /// What staff offer to choose from: buttons, a list, or a link.
        case interactive
        case order
        /// Told by the channel itself.
        case notice
        case unsupported

        var body: MessageBody.Kind {
            switch self {
            case .media: .media
            case .location: .location
            case .contacts: .contacts
            case .choice: .choice
            case .interactive: .interactive
            case .order: .order
            case .notice: .notice
            case .unsupported: .unsupported
            }
        }
    }

    package let kind: Kind
    /// What lists show and searches find.
    package let text: String
    package let details: [String: JSONValue]

    package init(kind: Kind, text: String, details: [String: JSONValue] = [:]) {
        self.kind = kind
        self.text = text
        self.details = details
    }

    init?(kind: Kind, json: JSONValue) {
        guard var members = json.object, let text = members.removeValue(forKey: "text")?.string else { return nil }
        self.init(kind: kind, text: text, details: members)
    }

    var json: JSONValue { .object(details.merging(["text": .string(text)]) { _, text in text }) }
}
