import Domain

/// Through what the customer of a conversation is written to.
struct OutboundLine: Sendable, Equatable {
    let lane: OutboxLane

    /// - Parameter number: Our number that the customer wrote to, by its id at the provider.
    init?(_ customer: Conversation.Customer?, number: String?) {
        switch customer {
        case .whatsapp(let identity):
            guard let number else { return nil }
            lane = OutboxLane(channel: .whatsapp, number: number, recipient: identity.text)
        case .visitor, nil:
            return nil
        }
    }

    /// What an event owes the customer, in this order; nothing when it owes nothing.
    func owed(for event: RoomEvent) -> [OutboxEntry] {
        guard case .send(let messages) = OutboundPlan(event.content, by: event.author) else { return [] }
        return messages.enumerated().map { part, message in
            OutboxEntry(
                id: .make(at: event.at),
                lane: lane,
                room: event.room,
                seq: event.seq,
                part: Int64(part),
                target: part == 0 ? event.content.target ?? event.content.replyTo : nil,
                content: .whatsApp(message),
                holdsCodes: event.content.codes != nil,
                delivery: .queued(at: event.at)
            )
        }
    }
}
