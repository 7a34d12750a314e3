extension WhatsAppContent {
    /// Reads a message of a webhook; what is not known, or lacks what its kind promises, is `.unsupported`.
    init(reading json: JSONValue) {
        let type = json["type"]?.string ?? "unknown"
        self = Self.known(type, json) ?? Self.unsupported(type, json)
    }

    private static func known(_ type: String, _ json: JSONValue) -> WhatsAppContent? {
        switch type {
        case "text": json["text"]?["body"]?.string.map { .text($0) }
        case "image", "video", "audio", "document", "sticker": media(type, json[type])
        case "location": location(json["location"])
        case "contacts": contacts(json["contacts"])
        case "reaction": reaction(json["reaction"])
        case "interactive": choice(json["interactive"])
        case "button": quickReply(json["button"])
        case "order": order(json["order"])
        case "edit": edit(json["edit"])
        case "revoke": json["revoke"]?["original_message_id"]?.string.map { .revocation(target: $0) }
        case "system": system(json["system"])
        default: nil
        }
    }

    private static func unsupported(_ type: String, _ json: JSONValue) -> WhatsAppContent {
        let problem = json["errors"]?.array?.first.map(WhatsAppProblem.init(reading:))
        // What it really was, where WhatsApp says so.
        let real = type == "unsupported" ? json["unsupported"]?["type"]?.string : nil
        return .unsupported(type: real ?? type, reason: problem?.text, raw: json)
    }

    private static func media(_ type: String, _ json: JSONValue?) -> WhatsAppContent? {
        guard let kind = WhatsAppMedia.Kind(rawValue: type), let id = json?["id"]?.looseText else { return nil }
        return .media(
            WhatsAppMedia(
                kind: kind,
                id: id,
                type: json?["mime_type"]?.string,
                digest: json?["sha256"]?.string,
                caption: json?["caption"]?.string,
                name: json?["filename"]?.string,
                isVoice: json?["voice"]?.bool ?? false,
                isAnimated: json?["animated"]?.bool ?? false
            ))
    }

    private static func location(_ json: JSONValue?) -> WhatsAppContent? {
        guard let latitude = json?["latitude"]?.looseNumber, let longitude = json?["longitude"]?.looseNumber else {
            return nil
        }
        return .location(
            WhatsAppLocation(
                latitude: latitude,
                longitude: longitude,
                name: json?["name"]?.string,
                address: json?["address"]?.string,
                url: json?["url"]?.string
            ))
    }

    private static func contacts(_ json: JSONValue?) -> WhatsAppContent? {
        guard let json, let cards = json.array else { return nil }
        let names = cards.compactMap { card in
            card["name"]?["formatted_name"]?.string ?? card["name"]?["first_name"]?.string
                ?? card["phones"]?.array?.first?["phone"]?.looseText
        }
        return .contacts(names: names, cards: json)
    }

    /// Taken away when the emoji is empty or missing.
    private static func reaction(_ json: JSONValue?) -> WhatsAppContent? {
        guard let target = json?["message_id"]?.string else { return nil }
        let emoji = json?["emoji"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        return .reaction(target: target, emoji: emoji)
    }

    private static func choice(_ json: JSONValue?) -> WhatsAppContent? {
        let kinds: [(String, WhatsAppChoice.Kind)] = [("button_reply", .button), ("list_reply", .list)]
        for (name, kind) in kinds {
            guard let reply = json?[name], let title = reply["title"]?.string else { continue }
            return .choice(
                WhatsAppChoice(
                    kind: kind, id: reply["id"]?.looseText, title: title, note: reply["description"]?.string))
        }
        return nil
    }

    private static func quickReply(_ json: JSONValue?) -> WhatsAppContent? {
        guard let title = json?["text"]?.string ?? json?["payload"]?.string else { return nil }
        return .choice(WhatsAppChoice(kind: .quickReply, id: json?["payload"]?.string, title: title))
    }

    private static func order(_ json: JSONValue?) -> WhatsAppContent? {
        guard let json, let products = json["product_items"]?.array else { return nil }
        let lines = products.map { product in
            let price = product["item_price"]?.looseText.map { " × \($0) \(product["currency"]?.string ?? "")" } ?? ""
            return "\(product["quantity"]?.looseText ?? "1")\(price) \(product["product_retailer_id"]?.looseText ?? "")"
        }
        let text = json["text"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        return .order(text: text, lines: lines, order: json)
    }

    /// What an edit brings is a text, or a file with a new caption.
    private static func edit(_ json: JSONValue?) -> WhatsAppContent? {
        guard let target = json?["original_message_id"]?.string, let message = json?["message"] else { return nil }
        switch WhatsAppContent(reading: message.typed) {
        case .text(let text): return .edit(target: target, .text(text))
        case .media(let media): return .edit(target: target, .media(media))
        case .location, .contacts, .choice, .order, .reaction, .edit, .revocation, .system, .unsupported: return nil
        }
    }

    private static func system(_ json: JSONValue?) -> WhatsAppContent? {
        guard let json, let type = json["type"]?.string else { return nil }
        return .system(
            WhatsAppSystemChange(
                type: type,
                text: json["body"]?.string,
                newPhone: json["wa_id"]?.looseText ?? json["new_wa_id"]?.looseText,
                newUserID: json["user_id"]?.looseText ?? json["new_user_id"]?.looseText
            ))
    }
}

extension WhatsAppContext {
    init(reading json: JSONValue) {
        let context = json["context"]
        let forwarded = [context?["forwarded"]?.bool, context?["frequently_forwarded"]?.bool]
        self.init(
            repliesTo: context?["id"]?.string,
            isForwarded: forwarded.contains(true),
            product: context?["referred_product"],
            referral: json["referral"]
        )
    }
}

extension WhatsAppProblem {
    /// `error_data` may be an object, a text or missing.
    init(reading json: JSONValue) {
        self.init(
            code: json["code"]?.looseText.flatMap { Int64($0) },
            title: json["title"]?.string ?? json["message"]?.string,
            details: json["error_data"]?["details"]?.string ?? json["error_data"]?.string
        )
    }
}

extension MessageStatus {
    /// `played` is what `read` is for voice notes.
    init?(whatsApp text: String) {
        switch text {
        case "sent": self = .sent
        case "delivered": self = .delivered
        case "read", "played": self = .read
        case "failed": self = .failed
        default: return nil
        }
    }
}

// MARK: Loose values

extension JSONValue {
    /// A text, or a whole number where a text is promised.
    var looseText: String? {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .null, .bool, .array, .object: nil
        }
    }

    fileprivate var looseNumber: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        case .null, .bool, .array, .object: nil
        }
    }

    /// Seconds since 1970 as a text or a number; nil beyond the year 9999.
    var unixSeconds: Timestamp? {
        guard let seconds = looseText.flatMap({ Int64($0) }), (0...253_402_300_799).contains(seconds) else {
            return nil
        }
        return Timestamp(milliseconds: seconds * 1000)
    }

    /// A message's body that may lack its type, which is then told by what it has.
    fileprivate var typed: JSONValue {
        guard self["type"] == nil, case .object(var members) = self else { return self }
        let kinds = ["text"] + WhatsAppMedia.Kind.allCases.map(\.rawValue)
        members["type"] = kinds.first { members[$0] != nil }.map { .string($0) }
        return .object(members)
    }
}
