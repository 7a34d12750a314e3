package import Domain

/// Takes what SendGrid tells of mails.
package struct SendGridScribe: WebhookScribe {
    package static let provider = WebhookEvent.Provider.sendgrid
    package static let title = "SendGrid"

    private let outbox: any OutboxStore

    package init(outbox: any OutboxStore) {
        self.outbox = outbox
    }

    /// Each event once; what is no event of a known kind is nothing to us.
    package func items(of event: WebhookEvent) throws(WebhookUnreadable) -> [SendGridItem] {
        guard let json = Self.list(event.body) else { throw WebhookUnreadable("it is no list of events") }
        var seen: Set<String> = []
        return json.compactMap(SendGridItem.init).filter { seen.insert($0.event.key).inserted }
    }

    package func items(of leftover: WebhookLeftover) -> [SendGridItem] {
        SendGridItem(leftover.item).map { [$0] } ?? []
    }

    /// An event that is told again, in whatever delivery, finds that the mail is so far already.
    package func write(_ item: SendGridItem) async throws -> WebhookOutcome {
        let event = item.event
        guard let entry = event.entry.flatMap(OutboxEntryID.init) else { return .done }
        try await outbox.change(entry) { delivery in
            if let status = event.status {
                _ = delivery.hear(status, id: event.providerID, problem: event.problem)
            } else if let id = event.providerID {
                delivery.settle(as: id)
            }
        }
        return .done
    }

    private static func list(_ body: [UInt8]) -> [JSONValue]? {
        guard let text = String(validating: body, as: UTF8.self),
            let list = (try? JSONParser.parse(text, maxDepth: 16))?.array, list.count <= SendGridEvent.maxEvents
        else { return nil }
        return list
    }
}
