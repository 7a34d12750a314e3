/// What has to be sent for a message of a room.
package enum OutboundPlan: Sendable, Equatable {
    /// In this order.
    case send([OutboundMessage])
    /// It can never be sent.
    case refuse(OutboxProblem)

    /// More bubbles than this collide with the limit of one recipient.
    package static let maxBubbles = 6

    /// What an event owes the customer of a conversation on WhatsApp; nil when nothing.
    ///
    /// Staff at the phone app have sent theirs already. Of the hub only texts leave, such as that the shop is closed, the
    /// question how it was, and templates; its notices are for staff.
    package init?(_ content: EventContent, by author: Participant) {
        switch author.kind {
        case .staff where UserID(author.id) != nil, .assistant: break
        case .system:
            guard case .message(let body, _) = content, [.text, .interactive, .template].contains(body.kind) else {
                return nil
            }
        case .staff, .visitor, .contact: return nil
        }
        switch content {
        case .message(let body, _): self.init(body)
        case .reaction(_, let emoji, let isOn): self.init(checked: [.reaction(isOn ? emoji : nil)])
        case .edit, .deletion, .status, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run:
            return nil
        }
    }

    package init(_ body: MessageBody) {
        switch body {
        case .text(let text): self = Self.text(text)
        case .cited(let cited): self = Self.text(cited.withSources)
        case .codes(let codes): self = Self.text(codes.text)
        // Never in a room that a customer reads.
        case .mentioning(let mentioning): self = Self.text(mentioning.text)
        case .file(let file): self = Self.file(file)
        case .template(let name, let language, let params): self = Self.template(name, language, params)
        case .card(let card):
            // All other cards come from channels.
            self =
                OutboundMessage(card).map { OutboundPlan(checked: [$0]) }
                ?? .refuse(.unfit(details: card.kind.rawValue))
        }
    }

    /// Checked against all limits of the provider.
    package init(checked messages: [OutboundMessage]) {
        if let problem = messages.lazy.flatMap({ $0.problems() }).first {
            self = .refuse(.unfit(details: "\(problem.field): \(problem.detail)"))
        } else {
            self = .send(messages)
        }
    }

    private static func text(_ text: String) -> OutboundPlan {
        let bubbles = BubbleText.split(text)
        guard bubbles.count <= maxBubbles else { return .refuse(.tooLong) }
        return OutboundPlan(checked: bubbles.map { .text($0, showsPreview: true) })
    }

    private static func file(_ file: FileReference) -> OutboundPlan {
        guard let kind = OutboundMediaType(file.type) else { return .refuse(.unfitType(file.type)) }
        guard file.size <= kind.maxBytes else { return .refuse(.unfitSize(kind.maxBytes)) }
        let caption = file.caption.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let isBelow = caption.map { kind.kind.hasCaption && $0.utf16.count <= OutboundMessage.maxCaption } ?? true
        let media = OutboundMedia(
            kind.kind, .attachment(file.attachment), caption: isBelow ? caption : nil,
            name: kind.kind == .document ? file.name : nil)
        // A caption that does not fit follows as text.
        let bubbles = isBelow ? [] : BubbleText.split(caption ?? "")
        return OutboundPlan(checked: [.media(media)] + bubbles.map { .text($0, showsPreview: true) })
    }

    /// `params` are `{"components": […]}` as the provider has them, or `{"body": ["…"]}`: the texts in their order.
    private static func template(_ name: String, _ language: String, _ params: JSONValue) -> OutboundPlan {
        var components = params["components"]?.array ?? []
        if let texts = params["body"]?.array, components.isEmpty, !texts.isEmpty {
            let parameters = texts.map { text -> JSONValue in
                ["type": "text", "text": .string(text.string ?? text.text)]
            }
            components = [["type": "body", "parameters": .array(parameters)]]
        }
        let template = OutboundTemplate(name: name, language: language, components: components)
        return OutboundPlan(checked: [.template(template)])
    }
}

/// What WhatsApp takes files as. Source: Cloud API "Media", supported types.
struct OutboundMediaType: Sendable, Equatable {
    let kind: OutboundMedia.Kind
    let maxBytes: Int64

    /// - Parameter type: A media type, parameters and all.
    init?(_ type: String) {
        let name = type.split(separator: ";").first.map { $0.lowercased() } ?? ""
        switch name {
        case "image/jpeg", "image/png":
            self.init(.image, megabytes: 5)
        case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg":
            self.init(.audio, megabytes: 16)
        case "video/mp4", "video/3gpp":
            self.init(.video, megabytes: 16)
        case "application/pdf", "text/plain", "application/msword", "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation":
            self.init(.document, megabytes: 100)
        default:
            return nil
        }
    }

    private init(_ kind: OutboundMedia.Kind, megabytes: Int64) {
        self.kind = kind
        maxBytes = megabytes * 1024 * 1024
    }
}

extension OutboundMedia.Kind {
    fileprivate var hasCaption: Bool {
        switch self {
        case .image, .video, .document: true
        case .audio, .sticker: false
        }
    }
}

extension OutboxProblem {
    static let tooLong = OutboxProblem(
        StatusMessage(
            ar: "النص أطول مما يقبله واتساب: اختصره", en: "The text is longer than WhatsApp takes: shorten it"))

    static func unfit(details: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "لا يقبل واتساب هذه الرسالة بهذا الشكل", en: "WhatsApp does not take the message like this"),
            details: details)
    }

    static func unfitType(_ type: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "لا يقبل واتساب هذا النوع من الملفات: أرسله PDF أو صورة",
                en: "WhatsApp does not take files of this type: send it as PDF or image"),
            details: type)
    }

    static func unfitSize(_ maxBytes: Int64) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "الملف أكبر مما يقبله واتساب", en: "The file is larger than WhatsApp takes"),
            details: "at most \(maxBytes) bytes")
    }
}
