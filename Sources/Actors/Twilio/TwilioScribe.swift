package import Domain

/// Takes what Twilio tells: how far messages got, and what customers write.
package struct TwilioScribe: WebhookScribe {
    package static let provider = WebhookEvent.Provider.twilio
    package static let title = "Twilio"

    private let outbox: any OutboxStore
    private let messages: any SMSStore
    private let conversations: any ConversationStore
    private let gateway: any RoomGateway

    package init(
        outbox: any OutboxStore,
        messages: any SMSStore,
        conversations: any ConversationStore,
        gateway: any RoomGateway
    ) {
        self.outbox = outbox
        self.messages = messages
        self.conversations = conversations
        self.gateway = gateway
    }

    package func items(of event: WebhookEvent) throws(WebhookUnreadable) -> [TwilioItem] {
        guard let text = String(validating: event.body, as: UTF8.self),
            let item = TwilioItem(form: text, about: event.about, receivedAt: event.receivedAt)
        else { throw WebhookUnreadable("it is neither a report nor a message of Twilio's") }
        return [item]
    }

    package func items(of leftover: WebhookLeftover) -> [TwilioItem] {
        guard let form = leftover.item["form"]?.string,
            let item = TwilioItem(
                form: form, about: leftover.item["about"]?.string, receivedAt: leftover.receivedAt)
        else { return [] }
        return [item]
    }

    package func write(_ item: TwilioItem) async throws -> WebhookOutcome {
        switch item.content {
        case .report(let report): try await write(report, item)
        case .received(let message): try await write(message, item)
        }
    }

    /// A report of what is not ours, as of another program with the same account, is nothing to us.
    private func write(_ report: TwilioReport, _ item: TwilioItem) async throws -> WebhookOutcome {
        guard let entry = item.about.flatMap(OutboxEntryID.init) else { return .done }
        try await outbox.change(entry) { delivery in
            guard delivery.isOf(report.sid) else { return }
            if let status = report.status.messageStatus {
                _ = delivery.hear(status, id: report.sid, problem: report.problem)
            } else {
                delivery.settle(as: report.sid)
            }
        }
        return .done
    }

    private func write(_ message: TwilioMessage, _ item: TwilioItem) async throws -> WebhookOutcome {
        guard let phone = ContactIdentity(.phone, message.from)?.value else {
            return .parked("it is from no number that could be answered")
        }
        let kept = try await messages.receive(
            ReceivedSMS(
                id: .make(at: item.receivedAt), providerID: message.sid, phone: phone, text: message.wording,
                at: item.receivedAt))
        guard let room = kept.conversation,
            let summary = try await conversations.summaries(of: [room]).first, summary.room.id == room
        else { return .done }
        let card = MessageCard(
            kind: .notice,
            text: "رسالة قصيرة · SMS: \(kept.text)",
            details: ["notice": "sms", "from": .string(kept.phone), "sms": .string(kept.id.text)]
        )
        let draft = Draft(
            author: summary.contact.participant, mid: .sms(kept.id), content: .message(.card(card), replyTo: nil))
        do {
            _ = try await gateway.append(draft, to: room)
        } catch let error as HubError where error.isFinal {
            return .parked(error.message)
        }
        return .done
    }
}

extension TwilioMessage {
    /// Pictures stay at Twilio; that there are some is said.
    fileprivate var wording: String {
        guard !media.isEmpty else { return body }
        let note = "[مرفقات لدى Twilio: \(media.count) · attachments at Twilio: \(media.count)]"
        return body.isEmpty ? note : "\(body)\n\(note)"
    }
}
