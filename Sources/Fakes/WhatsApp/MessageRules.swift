/// What Meta takes as a message, apart from who may get it and when.
///
/// Source: WhatsApp Business Platform, Cloud API "Messages", limits of each kind.
enum MessageRules {
    private static let media: Set<String> = ["image", "video", "audio", "document", "sticker"]

    /// Throws `GraphError`; the kind of the message otherwise.
    static func check(_ body: JSON, media known: (String) -> Bool, templates: [String: Int]) throws(GraphError)
        -> String
    {
        guard body["messaging_product"] == "whatsapp" else { throw .missing("messaging_product") }
        if case let count? = body["biz_opaque_callback_data"]?.string?.count, count > 512 {
            throw .value("biz_opaque_callback_data: 512 characters at most")
        }
        let type = body["type"]?.string ?? "text"
        guard let content = body[type] else { throw .missing(type) }
        switch type {
        case "text": try length(content["body"], "text.body", 1...4096)
        case _ where media.contains(type): try checkMedia(type, content, known)
        case "location":
            guard content["latitude"] != nil, content["longitude"] != nil else { throw .missing("location.latitude") }
        case "contacts":
            guard content.array?.isEmpty == false else { throw .missing("contacts") }
        case "reaction":
            try length(content["message_id"], "reaction.message_id", 1...512)
            guard content["emoji"]?.string != nil else { throw .missing("reaction.emoji") }
        case "interactive": try checkInteractive(content)
        case "template": try checkTemplate(content, templates)
        default: throw .value("type: \(type) is not known")
        }
        return type
    }

    private static func checkMedia(_ type: String, _ content: JSON, _ known: (String) -> Bool) throws(GraphError) {
        if let id = content["id"]?.string {
            guard known(id) else { throw .value("\(type).id: media \(id) does not exist") }
        } else {
            guard content["link"]?.string?.hasPrefix("https://") == true else { throw .missing("\(type).id") }
        }
        guard let caption = content["caption"] else { return }
        guard type != "audio", type != "sticker" else { throw .value("\(type).caption: is not allowed") }
        try length(caption, "\(type).caption", 0...1024)
    }

    private static func checkInteractive(_ content: JSON) throws(GraphError) {
        try optionalLength(content["header"]?["text"], "interactive.header.text", 1...60)
        try optionalLength(content["footer"]?["text"], "interactive.footer.text", 1...60)
        switch content["type"]?.string {
        case "button":
            try length(content["body"]?["text"], "interactive.body.text", 1...1024)
            let buttons = content["action"]?["buttons"]?.array ?? []
            guard (1...3).contains(buttons.count) else { throw .value("interactive.action.buttons: 1 to 3") }
            for button in buttons {
                try length(button["reply"]?["id"], "buttons.reply.id", 1...256)
                try length(button["reply"]?["title"], "buttons.reply.title", 1...20)
            }
        case "list":
            try length(content["body"]?["text"], "interactive.body.text", 1...4096)
            try length(content["action"]?["button"], "interactive.action.button", 1...20)
            let sections = content["action"]?["sections"]?.array ?? []
            let rows = sections.flatMap { $0["rows"]?.array ?? [] }
            guard (1...10).contains(rows.count) else { throw .value("interactive.action.sections: 1 to 10 rows") }
            for section in sections { try optionalLength(section["title"], "sections.title", 1...24) }
            for row in rows {
                try length(row["id"], "rows.id", 1...200)
                try length(row["title"], "rows.title", 1...24)
                try optionalLength(row["description"], "rows.description", 1...72)
            }
        case "cta_url":
            try length(content["body"]?["text"], "interactive.body.text", 1...1024)
            let parameters = content["action"]?["parameters"]
            guard content["action"]?["name"] == "cta_url" else { throw .value("interactive.action.name: cta_url") }
            try length(parameters?["display_text"], "interactive.action.parameters.display_text", 1...20)
            guard parameters?["url"]?.string?.hasPrefix("http") == true else {
                throw .value("interactive.action.parameters.url: an address")
            }
        default: throw .value("interactive.type: button, list or cta_url")
        }
    }

    private static func checkTemplate(_ content: JSON, _ templates: [String: Int]) throws(GraphError) {
        guard let name = content["name"]?.string, let language = content["language"]?["code"]?.string else {
            throw .missing("template.name")
        }
        guard let expected = templates["\(name)/\(language)"] else { throw .unknownTemplate }
        let parameters =
            (content["components"]?.array ?? [])
            .first { $0["type"]?.string?.lowercased() == "body" }?["parameters"]?.array ?? []
        guard parameters.count == expected else { throw .templateParameters(expected) }
    }

    private static func length(_ value: JSON?, _ name: String, _ range: ClosedRange<Int>) throws(GraphError) {
        guard let text = value?.string else { throw .missing(name) }
        guard range.contains(text.unicodeScalars.count) else {
            throw .value("\(name): \(range.lowerBound) to \(range.upperBound) characters")
        }
    }

    private static func optionalLength(_ value: JSON?, _ name: String, _ range: ClosedRange<Int>) throws(GraphError) {
        if let value { try length(value, name, range) }
    }
}
