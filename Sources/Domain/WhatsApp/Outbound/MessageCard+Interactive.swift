/// What staff offer a customer to choose from.
///
/// `text`, `header?`, `footer?`, and one of `buttons` (`[{id, title}]`), `list` (`{button, sections: [{title?, rows:
/// [{id, title, description?}]}]}`) and `link` (`{title, url}`).
extension MessageCard {
    /// Reads what a client sent. Throws `bad_request` for what WhatsApp would not take.
    package static func interactive(_ body: [String: JSONValue]) throws(HubError) -> MessageCard {
        guard let text = body["text"]?.string else { throw .badRequest("body.text is missing: a string is needed") }
        let details = body.filter { members.contains($0.key) && !$0.value.isNull }
        let card = MessageCard(kind: .interactive, text: text, details: details)
        guard details.keys.count(where: choices.contains) == 1, let message = OutboundMessage(card) else {
            throw .badRequest("body needs one of buttons, list and link, as the protocol describes them")
        }
        if let problem = message.problems().first { throw .badRequest("\(problem.field): \(problem.detail)") }
        return card
    }

    private static let choices: Set<String> = ["buttons", "list", "link"]
    private static let members = choices.union(["header", "footer"])
}

extension OutboundMessage {
    /// Nil for a card of another kind, and for one that offers nothing.
    init?(_ card: MessageCard) {
        guard card.kind == .interactive else { return nil }
        let details = card.details
        let frame = OutboundFrame(card.text, header: details["header"]?.string, footer: details["footer"]?.string)
        if let buttons = details["buttons"]?.array {
            let read = buttons.map(OutboundButtons.Button.init(card:))
            guard !read.contains(nil) else { return nil }
            self = .buttons(OutboundButtons(frame, read.compactMap(\.self)))
        } else if let list = details["list"], let button = list["button"]?.string,
            let sections = list["sections"]?.array
        {
            let read = sections.map(OutboundList.Section.init(card:))
            guard !read.contains(nil) else { return nil }
            self = .list(OutboundList(frame, button: button, read.compactMap(\.self)))
        } else if let link = details["link"], let title = link["title"]?.string, let url = link["url"]?.string {
            self = .link(OutboundLink(frame, title: title, url: url))
        } else {
            return nil
        }
    }
}

extension OutboundButtons.Button {
    fileprivate init?(card json: JSONValue) {
        guard let id = json["id"]?.string, let title = json["title"]?.string else { return nil }
        self.init(id: id, title: title)
    }
}

extension OutboundList.Section {
    fileprivate init?(card json: JSONValue) {
        let rows = (json["rows"]?.array ?? []).map { row -> OutboundList.Row? in
            guard let id = row["id"]?.string, let title = row["title"]?.string else { return nil }
            return OutboundList.Row(id: id, title: title, note: row["description"]?.string)
        }
        guard !rows.contains(nil) else { return nil }
        self.init(title: json["title"]?.string, rows.compactMap(\.self))
    }
}
