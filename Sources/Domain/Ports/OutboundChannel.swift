/// Sends one entry of the outbox through its channel.
package protocol OutboundChannel: Sendable {
    /// How it ended; within a time that is shorter than the lease of an entry.
    func send(_ entry: OutboxEntry) async -> SendOutcome
}

/// Tells a room how far a message of it got.
package protocol OutboxReporter: Sendable {
    /// Doing it twice does it once. Throws what may pass by itself.
    func tell(_ progress: MessageProgress, of message: SequenceNumber, in room: RoomID) async throws
}

/// Knows how the recipients of WhatsApp are reached.
package protocol WhatsAppAddressBook: Sendable {
    /// Where an entry goes; nil when its recipient is not known any more.
    func address(of entry: OutboxEntry) async throws -> WhatsAppDestination?
}

/// Where a message of WhatsApp goes, and what it hangs on.
package struct WhatsAppDestination: Sendable, Equatable {
    package let recipient: WhatsAppRecipient
    /// The id at WhatsApp of the message that it answers or reacts to; nil when there is none.
    package let target: String?

    package init(recipient: WhatsAppRecipient, target: String?) {
        self.recipient = recipient
        self.target = target
    }
}
