/// What the variables of a canned reply stand for in one conversation.
package struct ReplyValues: Sendable, Equatable {
    package var contact: Contact?
    package var agentName: String
    package var teamName: String?
    package var shopName: String
    package var nextOpening: String?

    package init(
        contact: Contact?,
        agentName: String,
        teamName: String? = nil,
        shopName: String,
        nextOpening: String? = nil
    ) {
        self.contact = contact
        self.agentName = agentName
        self.teamName = teamName
        self.shopName = shopName
        self.nextOpening = nextOpening
    }

    /// Only what is known: a visitor who gave no name has none to be greeted by.
    package var byVariable: [ReplyVariable: String] {
        let name = contact.map(\.participant.name).flatMap { $0 == Visitor.nameless ? nil : $0 }
        let values: [(ReplyVariable, String?)] = [
            (.contactName, name),
            (.contactFirstName, name.map(Self.firstName)),
            (.contactEmail, contact?.email),
            (.contactPhone, contact?.phone),
            (.agentName, agentName),
            (.agentFirstName, Self.firstName(of: agentName)),
            (.teamName, teamName),
            (.shopName, shopName),
            (.nextOpening, nextOpening),
        ]
        return values.reduce(into: [:]) { found, entry in found[entry.0] = entry.1 }
    }

    /// Names such as عبد الله and أبو بكر are one name of two words.
    package static func firstName(of name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { return "" }
        guard words.count > 1, compounds.contains(SearchText.fold(String(first))) else { return String(first) }
        return "\(first) \(words[1])"
    }

    /// As `SearchText` folds them.
    private static let compounds: Set<String> = ["عبد", "ابو", "ام", "ابن", "بن"]
}
