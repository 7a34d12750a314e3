import Domain

/// Writes one message into the room of its person.
struct WhatsAppPen: Sendable {
    let message: WhatsAppMessage
    let person: WhatsAppIdentity
    let rooms: any RoomStore
    let gateway: any RoomGateway

    /// Staff at the phone app: WhatsApp does not say who.
    private static let phoneApp = Participant(kind: .staff, id: "whatsapp-app", name: "WhatsApp")

    private var author: Participant {
        if message.isEcho { return Self.phoneApp }
        if case .system = message.content { return .hub }
        return person.participant
    }

    private var origin: MessageOrigin {
        var file: MessageOrigin.File?
        if case .media(let media) = message.content { file = .init(number: message.number, media: media) }
        return MessageOrigin(id: message.id, sentAt: message.sentAt, context: message.context.json, file: file)
    }

    /// Appends a message, and where it comes from.
    func add(replyTo: SequenceNumber?) async throws {
        guard let body = message.content.body else { throw HubError(.internal, "A change is no message.") }
        do {
            try await append(.message(body, replyTo: replyTo), from: origin)
        } catch let error as HubError where error.code == .midConflict && replyTo != nil {
            // It was appended when the message it answers was not known, and the hub stopped before it noted so.
            try await append(.message(body, replyTo: nil), from: origin)
        }
    }

    /// Appends an answer to a survey. The first one stands: another one changes nothing.
    func rate(_ answer: SurveyAnswer) async throws {
        let draft = Draft(
            author: author, mid: .following(answer.survey, "rating"), content: .rating(answer), origin: origin)
        do {
            _ = try await gateway.append(draft, to: person.room)
        } catch let error as HubError where error.code == .midConflict {}
    }

    /// Tells staff that the customer's messages stand in another conversation from now on.
    func sayItGoesOn(in room: RoomID) async throws {
        let card = MessageCard(
            kind: .notice,
            text: "هذا رقم جديد لعميل معروف: تصل رسائله التالية في محادثته السابقة.",
            details: ["notice": "goes_on", "room": .string(room.text)]
        )
        try await append(.message(.card(card), replyTo: nil), part: "to")
    }

    /// Appends what the message changes at `target`.
    func change(_ target: SequenceNumber) async throws {
        switch message.content {
        case .reaction(_, let emoji):
            try await react(to: target, with: emoji)
        case .edit(_, let content):
            guard let body = try await body(after: content, of: target) else {
                throw HubError.badRequest("an edit of this kind cannot be shown")
            }
            try await append(.edit(target: target, body: body))
        case .revocation:
            try await append(.deletion(target: target))
        case .text, .media, .location, .contacts, .choice, .order, .system, .unsupported:
            throw HubError(.internal, "A message is no change.")
        }
    }

    /// A person has one reaction to a message: another one takes its place.
    private func react(to target: SequenceNumber, with emoji: String?) async throws {
        let present = try await self.message(at: target)
        let mine = present?.reactions.filter { $0.authors.contains { $0.isSamePerson(as: author) } } ?? []
        for (index, reaction) in mine.enumerated() where reaction.emoji != emoji {
            let part = emoji == nil && index == 0 ? "" : "\(index)"
            try await append(.reaction(target: target, emoji: reaction.emoji, on: false), part: part)
        }
        guard let emoji, !mine.contains(where: { $0.emoji == emoji }) else { return }
        try await append(.reaction(target: target, emoji: emoji, on: true), part: "on")
    }

    /// An edited caption leaves the file where it is.
    private func body(after content: WhatsAppContent, of target: SequenceNumber) async throws -> MessageBody? {
        guard case .media(let media) = content, let present = try await message(at: target)?.body else {
            return content.editedBody
        }
        switch present {
        case .file(let file): return .file(file.with(caption: media.caption))
        case .card(let card): return .card(card.with(caption: media.caption))
        case .text, .cited, .codes, .mentioning, .template: return content.editedBody
        }
    }

    private func message(at seq: SequenceNumber) async throws -> FoldedHistory.Message? {
        let page = HistoryPage(position: .after(SequenceNumber(seq.value - 1)), limit: 1)
        let found = FoldedHistory(try await rooms.history(of: person.room, page)).messages.first
        return found?.event.seq == seq ? found : nil
    }

    private func append(_ content: EventContent, part: String = "", from origin: MessageOrigin? = nil) async throws {
        guard let mid = MID.whatsApp(message.id, part: part) else {
            throw HubError(.internal, "A message id of WhatsApp gives no mid.")
        }
        let draft = Draft(author: author, mid: mid, content: content, origin: origin)
        _ = try await gateway.append(draft, to: person.room)
    }
}

extension FileReference {
    fileprivate func with(caption: String?) -> FileReference {
        FileReference(
            attachment: attachment, name: name, type: type, size: size, url: url, width: width, height: height,
            caption: caption)
    }
}

extension MessageCard {
    fileprivate func with(caption: String?) -> MessageCard {
        var details = details
        details["caption"] = caption.map { .string($0) }
        return MessageCard(kind: kind, text: caption ?? text, details: details)
    }
}
