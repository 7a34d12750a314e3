package import Domain

/// Writes what WhatsApp tells into the rooms it concerns. Doing it twice does it once.
package struct WhatsAppScribe: WebhookScribe {
    package static let provider = WebhookEvent.Provider.whatsapp
    package static let title = "WhatsApp"

    let people: any WhatsAppStore
    let rooms: any RoomStore
    let gateway: any RoomGateway
    let outbox: any OutboxStore
    /// Nil without an account.
    let templates: TemplateShelf?
    let now: @Sendable () -> Timestamp

    package init(
        people: any WhatsAppStore,
        rooms: any RoomStore,
        gateway: any RoomGateway,
        outbox: any OutboxStore,
        templates: TemplateShelf? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.people = people
        self.rooms = rooms
        self.gateway = gateway
        self.outbox = outbox
        self.templates = templates
        self.now = now
    }

    package func items(of event: WebhookEvent) throws(WebhookUnreadable) -> [WhatsAppItem] {
        do throws(JSONParseError) {
            return try WhatsAppDelivery(body: event.body, receivedAt: event.receivedAt).items
        } catch {
            throw WebhookUnreadable(error.description)
        }
    }

    package func items(of leftover: WebhookLeftover) -> [WhatsAppItem] {
        WhatsAppDelivery(leftover.item, receivedAt: leftover.receivedAt).items
    }

    package func write(_ item: WhatsAppItem) async throws -> WebhookOutcome {
        do {
            switch item.content {
            case .message(let message): return try await write(message)
            case .status(let status): return try await write(status)
            case .preference(let preference): return try await write(preference)
            case .notice(let notice):
                if notice.isOfTemplates { templates?.noteNews() }
                return .traced(notice.event)
            case .broken(let reason): return .parked(reason)
            }
        } catch let error as HubError where error.isFinal {
            return .parked(error.message)
        }
    }

    private func write(_ message: WhatsAppMessage) async throws -> WebhookOutcome {
        let named = [message.content.target, message.context.repliesTo].compactMap(\.self)
        let places = try await people.places(of: [message.id] + named)
        guard places[message.id] == nil else { return .done }
        let moment = now()
        // What the message tells of addresses is durable before the message is: doing it again finds it done.
        let person = try await people.identity(
            of: message.person,
            at: message.number,
            sentAt: message.sentAt,
            telling: message.content.next,
            NewWhatsAppIdentity(at: moment),
            Writing(by: .system, at: moment)
        )
        if let target = message.content.target {
            guard let place = places[target], let pen = try await pen(for: message, of: person, in: place.room) else {
                return .waits(for: target)
            }
            try await pen.change(place.seq)
            return .done
        }
        if try await rate(message, of: person) { return .done }
        if message.content.next != nil { try await tellJoined(message, person) }
        let replyTo = message.context.repliesTo.flatMap { places[$0] }
        let pen = WhatsAppPen(message: message, person: person, rooms: rooms, gateway: gateway)
        try await pen.add(replyTo: replyTo?.room == person.room ? replyTo?.seq : nil)
        return .done
    }

    /// Takes the answer to "How was it?"; false for everything else.
    private func rate(_ message: WhatsAppMessage, of person: WhatsAppIdentity) async throws -> Bool {
        guard !message.isEcho, case .choice(let choice) = message.content,
            let (question, answer) = choice.id.flatMap(SurveyQuestion.answered(byRow:)),
            let pen = try await pen(for: message, of: person, in: question.room)
        else { return false }
        let before = SequenceNumber(question.survey.value - 1)
        let asked = try await rooms.events(of: question.room, after: before, limit: 1).first
        guard asked?.seq == question.survey, asked?.content == .survey else { return false }
        try await pen.rate(answer)
        return true
    }

    /// Who writes in a room: the person, or who they were before they were joined; nil when it is none of theirs.
    private func pen(
        for message: WhatsAppMessage,
        of person: WhatsAppIdentity,
        in room: RoomID
    ) async throws -> WhatsAppPen? {
        guard room != person.room else {
            return WhatsAppPen(message: message, person: person, rooms: rooms, gateway: gateway)
        }
        let joined = try await people.joined(to: person.id).first { $0.room == room }
        return joined.map {
            WhatsAppPen(message: message, person: person.before($0), rooms: rooms, gateway: gateway)
        }
    }

    /// Says in the conversation of a new number where its customer goes on.
    private func tellJoined(_ message: WhatsAppMessage, _ person: WhatsAppIdentity) async throws {
        for joined in try await people.joined(to: person.id) where joined.at == message.sentAt {
            let pen = WhatsAppPen(message: message, person: person.before(joined), rooms: rooms, gateway: gateway)
            try await pen.sayItGoesOn(in: person.room)
        }
    }

    private func write(_ status: WhatsAppStatus) async throws -> WebhookOutcome {
        // What we sent carries its name in the outbox, which knows all parts of a message and tells the room.
        if let id = status.callback.flatMap(OutboxEntryID.init) {
            let problem = status.state == .failed ? status.problem?.outboxProblem : nil
            let entry = try await outbox.change(id) { delivery in
                _ = delivery.hear(status.state, id: status.id, problem: problem)
            }
            if entry != nil { return .done }
        }
        guard let place = try await people.places(of: [status.id])[status.id] else { return .waits(for: status.id) }
        let problem = status.state == .failed ? status.problem?.text ?? "WhatsApp gave no reason" : nil
        let draft = Draft(
            author: .hub,
            mid: .reached(status.state, place.seq),
            content: .status(target: place.seq, status.state, problem: problem)
        )
        do {
            _ = try await gateway.append(draft, to: place.room)
        } catch let error as HubError where error.code == .conflict || error.code == .midConflict {
            // It got further already, or failed before for another reason.
        }
        return .done
    }

    private func write(_ preference: WhatsAppPreference) async throws -> WebhookOutcome {
        let moment = now()
        let person = try await people.identity(
            of: preference.person,
            at: preference.number,
            sentAt: preference.at,
            telling: nil,
            NewWhatsAppIdentity(at: moment),
            Writing(by: .system, at: moment)
        )
        try await people.setMarketing(stopped: preference.isStop, of: person.id, Writing(by: .system, at: moment))
        return .done
    }
}

extension WhatsAppItem: WebhookItem {}

extension HubError {
    /// Whether trying again is of no use.
    var isFinal: Bool {
        switch code {
        case .badRequest, .unauthorized, .forbidden, .notFound, .notJoined, .tooLarge, .midConflict, .conflict,
            .notEnough, .stale, .invalid, .keyReused:
            true
        case .rateLimited, .busy, .unavailable, .internal: false
        }
    }
}

extension WhatsAppContent {
    /// What the person is reached by from now on.
    fileprivate var next: WhatsAppPerson? {
        if case .system(let change) = self { change.next } else { nil }
    }

    /// The message that this one changes.
    fileprivate var target: String? {
        switch self {
        case .reaction(let target, _), .edit(let target, _), .revocation(let target): target
        case .text, .media, .location, .contacts, .choice, .order, .system, .unsupported: nil
        }
    }
}

extension WhatsAppProblem {
    fileprivate var outboxProblem: OutboxProblem {
        WhatsAppError(code: code ?? -1, title: title, details: details).problem
    }
}

extension WhatsAppContext {
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        members["reply_to"] = repliesTo.map { .string($0) }
        if isForwarded { members["forwarded"] = true }
        members["product"] = product
        members["referral"] = referral
        return .object(members)
    }
}

extension WhatsAppNotice {
    /// A template was approved, refused, paused, or changed in another way.
    fileprivate var isOfTemplates: Bool { field.hasPrefix("message_template_") }

    fileprivate var event: AuditEvent {
        let name = field.isEmpty ? "notice" : field
        return AuditEvent(
            "whatsapp.\(name)", AuditSubject(kind: "whatsapp_account", id: account), after: value)
    }
}
