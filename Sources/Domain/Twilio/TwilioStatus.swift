/// How far a message got at Twilio. Reports of it arrive in any order.
package enum TwilioStatus: String, Sendable, CaseIterable {
    case accepted, scheduled, queued, sending, sent, delivered, undelivered, failed, read, canceled
    case partiallyDelivered = "partially_delivered"
    case receiving, received

    /// As a room shows it; nil for what says nothing about a message that we sent, or no more than that Twilio has it.
    ///
    /// `MessageStatus` only moves forward, so that a "sent" that is late takes nothing back.
    package var messageStatus: MessageStatus? {
        switch self {
        case .accepted, .scheduled, .queued, .sending, .receiving, .received: nil
        case .sent: .sent
        case .delivered, .partiallyDelivered: .delivered
        case .read: .read
        case .undelivered, .failed, .canceled: .failed
        }
    }
}
