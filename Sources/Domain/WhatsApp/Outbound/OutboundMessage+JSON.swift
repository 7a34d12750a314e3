extension OutboundMessage {
    /// As the provider has it, without sender, recipient and context.
    ///
    /// A file of ours stands there as `attachment` until it is uploaded. So the outbox stores what it will send.
    package var json: JSONValue {
        .object(["type": .string(type), type: content])
    }

    private var content: JSONValue {
        switch self {
        case .text(let text, let showsPreview): ["body": .string(text), "preview_url": .bool(showsPreview)]
        case .media(let media): media.json
        case .location(let location): location.json
        case .contacts(let cards): .array(cards)
        case .reaction(let emoji): ["emoji": .string(emoji ?? "")]
        case .buttons(let buttons): buttons.json
        case .list(let list): list.json
        case .link(let link): link.json
        case .template(let template): template.json
        }
    }

    /// Reads what `json` gave; nil for all else.
    package init?(json: JSONValue) {
        guard let type = json["type"]?.string, let content = json[type] else { return nil }
        switch type {
        case "text":
            guard let text = content["body"]?.string else { return nil }
            self = .text(text, showsPreview: content["preview_url"]?.bool ?? false)
        case "location":
            guard let location = OutboundLocation(json: content) else { return nil }
            self = .location(location)
        case "contacts":
            guard let cards = content.array else { return nil }
            self = .contacts(cards)
        case "reaction":
            guard let emoji = content["emoji"]?.string else { return nil }
            self = .reaction(emoji.isEmpty ? nil : emoji)
        case "interactive":
            if let buttons = OutboundButtons(json: content) {
                self = .buttons(buttons)
            } else if let list = OutboundList(json: content) {
                self = .list(list)
            } else if let link = OutboundLink(json: content) {
                self = .link(link)
            } else {
                return nil
            }
        case "template":
            guard let template = OutboundTemplate(json: content) else { return nil }
            self = .template(template)
        default:
            guard let kind = OutboundMedia.Kind(rawValue: type), let media = OutboundMedia(kind, json: content)
            else { return nil }
            self = .media(media)
        }
    }
}

extension OutboundMedia {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [:]
        switch source {
        case .attachment(let id): members["attachment"] = .string(id.text)
        case .uploaded(let id): members["id"] = .string(id)
        case .link(let link): members["link"] = .string(link)
        }
        members["caption"] = caption.map { .string($0) }
        members["filename"] = name.map { .string($0) }
        if isVoice { members["voice"] = true }
        return .object(members)
    }

    fileprivate init?(_ kind: Kind, json: JSONValue) {
        let source: Source
        if let id = json["attachment"]?.string.flatMap(AttachmentID.init) {
            source = .attachment(id)
        } else if let id = json["id"]?.string {
            source = .uploaded(id)
        } else if let link = json["link"]?.string {
            source = .link(link)
        } else {
            return nil
        }
        self.init(
            kind, source, caption: json["caption"]?.string, name: json["filename"]?.string,
            isVoice: json["voice"]?.bool ?? false)
    }
}

extension OutboundLocation {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["latitude": .number(latitude), "longitude": .number(longitude)]
        members["name"] = name.map { .string($0) }
        members["address"] = address.map { .string($0) }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let latitude = json["latitude"]?.degrees, let longitude = json["longitude"]?.degrees else { return nil }
        self.init(
            latitude: latitude, longitude: longitude, name: json["name"]?.string, address: json["address"]?.string)
    }
}

extension OutboundFrame {
    fileprivate func json(_ type: JSONValue, action: JSONValue) -> JSONValue {
        var members: [String: JSONValue] = ["type": type, "action": action, "body": ["text": .string(body)]]
        members["header"] = header.map { ["type": "text", "text": .string($0)] }
        members["footer"] = footer.map { ["text": .string($0)] }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let body = json["body"]?["text"]?.string else { return nil }
        self.init(body, header: json["header"]?["text"]?.string, footer: json["footer"]?["text"]?.string)
    }
}

extension OutboundButtons {
    fileprivate var json: JSONValue {
        let buttons = buttons.map { button -> JSONValue in
            ["type": "reply", "reply": ["id": .string(button.id), "title": .string(button.title)]]
        }
        return frame.json("button", action: ["buttons": .array(buttons)])
    }

    fileprivate init?(json: JSONValue) {
        guard json["type"] == "button", let frame = OutboundFrame(json: json),
            let buttons = json["action"]?["buttons"]?.array
        else { return nil }
        var read: [Button] = []
        for button in buttons {
            guard let id = button["reply"]?["id"]?.string, let title = button["reply"]?["title"]?.string
            else { return nil }
            read.append(Button(id: id, title: title))
        }
        self.init(frame, read)
    }
}

extension OutboundList {
    fileprivate var json: JSONValue {
        let sections = sections.map { section -> JSONValue in
            var members: [String: JSONValue] = ["rows": .array(section.rows.map(\.json))]
            members["title"] = section.title.map { .string($0) }
            return .object(members)
        }
        return frame.json("list", action: ["button": .string(button), "sections": .array(sections)])
    }

    fileprivate init?(json: JSONValue) {
        guard json["type"] == "list", let frame = OutboundFrame(json: json),
            let button = json["action"]?["button"]?.string, let sections = json["action"]?["sections"]?.array
        else { return nil }
        var read: [Section] = []
        for section in sections {
            let rows = (section["rows"]?.array ?? []).map(Row.init(json:))
            guard !rows.contains(where: { $0 == nil }) else { return nil }
            read.append(Section(title: section["title"]?.string, rows.compactMap(\.self)))
        }
        self.init(frame, button: button, read)
    }
}

extension OutboundList.Row {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["id": .string(id), "title": .string(title)]
        members["description"] = note.map { .string($0) }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.string, let title = json["title"]?.string else { return nil }
        self.init(id: id, title: title, note: json["description"]?.string)
    }
}

extension OutboundLink {
    fileprivate var json: JSONValue {
        let parameters: JSONValue = ["display_text": .string(title), "url": .string(url)]
        return frame.json("cta_url", action: ["name": "cta_url", "parameters": parameters])
    }

    fileprivate init?(json: JSONValue) {
        guard json["type"] == "cta_url", let frame = OutboundFrame(json: json),
            let parameters = json["action"]?["parameters"], let title = parameters["display_text"]?.string,
            let url = parameters["url"]?.string
        else { return nil }
        self.init(frame, title: title, url: url)
    }
}

extension OutboundTemplate {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["name": .string(name), "language": ["code": .string(language)]]
        if !components.isEmpty { members["components"] = .array(components) }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let language = json["language"]?["code"]?.string else { return nil }
        self.init(name: name, language: language, components: json["components"]?.array ?? [])
    }
}

extension JSONValue {
    /// A number, also when it is written without a fraction.
    fileprivate var degrees: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }
}
