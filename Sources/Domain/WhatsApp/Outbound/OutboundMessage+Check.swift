extension OutboundMessage {
    /// What the provider would refuse; empty when there is nothing.
    ///
    /// Lengths are counted in UTF-16, which is never less than what the provider counts.
    /// Source: Cloud API "Messages", limits of each kind.
    package func problems() -> [FieldProblem] {
        var check = OutboundCheck()
        switch self {
        case .text(let text, _): check.length(text, "text.body", 1...Self.maxText)
        case .media(let media): check.media(media)
        case .location(let location):
            check.range(location.latitude, "location.latitude", -90...90)
            check.range(location.longitude, "location.longitude", -180...180)
        case .contacts(let cards):
            check.count(cards.count, "contacts", 1...257)
            for (index, card) in cards.enumerated() where card["name"]?["formatted_name"]?.string == nil {
                check.add("contacts/\(index)/name", "required", "a contact needs name.formatted_name")
            }
        case .reaction: break
        case .buttons(let buttons): check.buttons(buttons)
        case .list(let list): check.list(list)
        case .link(let link): check.link(link)
        case .template(let template):
            check.length(template.name, "template.name", 1...512)
            check.length(template.language, "template.language", 1...16)
        }
        return check.problems
    }

    package static let maxText = 4096
    package static let maxCaption = 1024
}

/// Gathers what is wrong with a message.
private struct OutboundCheck {
    private(set) var problems: [FieldProblem] = []

    mutating func add(_ field: String, _ code: String, _ detail: String) {
        problems.append(FieldProblem(field, code, detail))
    }

    mutating func length(_ text: String?, _ field: String, _ range: ClosedRange<Int>) {
        guard let text else { return }
        let count = text.utf16.count
        if count < range.lowerBound {
            add(field, "required", "it is empty")
        } else if count > range.upperBound {
            add(field, "too_long", "it has \(count) characters; WhatsApp takes \(range.upperBound)")
        }
    }

    mutating func count(_ count: Int, _ field: String, _ range: ClosedRange<Int>) {
        guard !range.contains(count) else { return }
        add(field, "count", "there are \(count); WhatsApp takes \(range.lowerBound) to \(range.upperBound)")
    }

    mutating func range(_ value: Double, _ field: String, _ range: ClosedRange<Double>) {
        guard !range.contains(value) else { return }
        add(field, "range", "it is not between \(range.lowerBound) and \(range.upperBound)")
    }

    mutating func media(_ media: OutboundMedia) {
        let field = media.kind.rawValue
        if case .link(let link) = media.source, !link.hasPrefix("https://") {
            add("\(field).link", "format", "a link begins with https://")
        }
        switch media.kind {
        case .image, .video, .document: length(media.caption, "\(field).caption", 0...OutboundMessage.maxCaption)
        case .audio, .sticker:
            if media.caption != nil { add("\(field).caption", "unknown", "\(field) has no caption") }
        }
        if media.isVoice, media.kind != .audio { add("\(field).voice", "unknown", "only audio is a voice note") }
        if media.name != nil, media.kind != .document { add("\(field).filename", "unknown", "only documents have it") }
    }

    mutating func buttons(_ buttons: OutboundButtons) {
        frame(buttons.frame, body: 1024)
        count(buttons.buttons.count, "interactive.action.buttons", 1...3)
        for (index, button) in buttons.buttons.enumerated() {
            let field = "interactive.action.buttons/\(index)"
            length(button.id, "\(field)/id", 1...256)
            length(button.title, "\(field)/title", 1...20)
        }
        unique(buttons.buttons.map(\.id), "interactive.action.buttons")
    }

    mutating func list(_ list: OutboundList) {
        frame(list.frame, body: 4096)
        length(list.button, "interactive.action.button", 1...20)
        let rows = list.sections.flatMap(\.rows)
        count(rows.count, "interactive.action.sections", 1...10)
        for (index, section) in list.sections.enumerated() {
            let field = "interactive.action.sections/\(index)"
            if section.title == nil, list.sections.count > 1 {
                add("\(field)/title", "required", "with several sections each needs a title")
            }
            length(section.title, "\(field)/title", 1...24)
            if section.rows.isEmpty { add("\(field)/rows", "required", "a section needs a row") }
        }
        for (index, row) in rows.enumerated() {
            length(row.id, "interactive.rows/\(index)/id", 1...200)
            length(row.title, "interactive.rows/\(index)/title", 1...24)
            length(row.note, "interactive.rows/\(index)/description", 1...72)
        }
        unique(rows.map(\.id), "interactive.action.sections")
    }

    mutating func link(_ link: OutboundLink) {
        frame(link.frame, body: 1024)
        length(link.title, "interactive.action.parameters.display_text", 1...20)
        length(link.url, "interactive.action.parameters.url", 1...2000)
        if !link.url.hasPrefix("https://"), !link.url.hasPrefix("http://") {
            add("interactive.action.parameters.url", "format", "a link begins with https://")
        }
    }

    private mutating func frame(_ frame: OutboundFrame, body: Int) {
        length(frame.body, "interactive.body", 1...body)
        length(frame.header, "interactive.header", 1...60)
        length(frame.footer, "interactive.footer", 1...60)
    }

    private mutating func unique(_ ids: [String], _ field: String) {
        if Set(ids).count != ids.count { add(field, "duplicate", "two of them have the same id") }
    }
}
