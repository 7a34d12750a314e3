extension WhatsAppContent {
    /// As a room's log holds it; nil for what is no message of its own: a reaction, an edit, a revocation.
    package var body: MessageBody? {
        switch self {
        case .text(let text): .text(text)
        case .media(let media): .card(media.card)
        case .location(let location): .card(location.card)
        case .contacts(let names, let cards):
            .card(MessageCard(kind: .contacts, text: names.joined(separator: "، "), details: ["contacts": cards]))
        case .choice(let choice): .card(choice.card)
        case .order(let text, let lines, let order):
            .card(
                MessageCard(
                    kind: .order,
                    text: ([text].compactMap(\.self) + lines).joined(separator: "\n"),
                    details: ["order": order]
                ))
        case .system(let change):
            .card(
                MessageCard(
                    kind: .notice, text: change.text ?? change.type, details: ["notice": .string(change.type)]))
        case .unsupported(let type, let reason, let raw):
            .card(
                MessageCard(
                    kind: .unsupported,
                    text: "رسالة من نوع غير مدعوم: \(type)",
                    details: ["type": .string(type), "reason": .optional(reason), "raw": raw]
                ))
        case .reaction, .edit, .revocation: nil
        }
    }

    /// What an edit puts in place of a message; nil for what no edit brings.
    package var editedBody: MessageBody? {
        switch self {
        case .text(let text): .text(text)
        // The file is the one that is there already: what changed is the caption.
        case .media(let media): .text(media.caption ?? "")
        case .location, .contacts, .choice, .order, .reaction, .edit, .revocation, .system, .unsupported: nil
        }
    }
}

extension WhatsAppMedia {
    /// Shown until the file is here: what it is, and by which id it can be fetched.
    var card: MessageCard {
        var details: [String: JSONValue] = [
            "media": .string(kind.rawValue), "media_id": .string(id), "state": "pending",
        ]
        details["type"] = type.map { .string($0) }
        details["sha256"] = digest.map { .string($0) }
        details["name"] = name.map { .string($0) }
        details["caption"] = caption.map { .string($0) }
        if isVoice { details["voice"] = true }
        if isAnimated { details["animated"] = true }
        return MessageCard(kind: .media, text: caption ?? name ?? title, details: details)
    }

    private var title: String {
        switch kind {
        case .image: "صورة"
        case .video: "فيديو"
        case .audio: isVoice ? "رسالة صوتية" : "مقطع صوتي"
        case .document: "مستند"
        case .sticker: "ملصق"
        }
    }
}

extension WhatsAppLocation {
    fileprivate var card: MessageCard {
        var details: [String: JSONValue] = ["latitude": .number(latitude), "longitude": .number(longitude)]
        details["name"] = name.map { .string($0) }
        details["address"] = address.map { .string($0) }
        details["url"] = url.map { .string($0) }
        let words = [name, address].compactMap(\.self)
        let text = words.isEmpty ? "\(latitude), \(longitude)" : words.joined(separator: "، ")
        return MessageCard(kind: .location, text: text, details: details)
    }
}

extension WhatsAppChoice {
    fileprivate var card: MessageCard {
        var details: [String: JSONValue] = ["choice": .string(kind.rawValue)]
        details["id"] = id.map { .string($0) }
        details["note"] = note.map { .string($0) }
        return MessageCard(kind: .choice, text: title, details: details)
    }
}
