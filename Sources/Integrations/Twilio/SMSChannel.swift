package import Domain

/// Sends what the outbox holds for phones: asks for its words, and hands it to Twilio.
package struct SMSChannel: OutboundChannel {
    private let client: TwilioClient
    private let messages: any SMSStore
    private let callback: String?
    private let now: @Sendable () -> Timestamp

    /// - Parameter callback: Where Twilio reports, followed by our name for the message; nil for no reports.
    package init(
        client: TwilioClient,
        messages: any SMSStore,
        callback: String?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.client = client
        self.messages = messages
        self.callback = callback
        self.now = now
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .sms(let id) = entry.content else {
            return .refused(SendRefusal(.permanent, .otherChannel))
        }
        let letter: SMSLetter
        do {
            guard let found = try await messages.letter(id) else { return .refused(SendRefusal(.permanent, .erased)) }
            letter = found
        } catch {
            return .notSent(.storeAway)
        }
        return await client.send(
            letter.text, to: entry.lane.recipient, callback: callback.map { "\($0)/\(entry.id)" }, at: now(),
            known: letter.known)
    }
}

extension OutboxProblem {
    fileprivate static let erased = OutboxProblem(
        StatusMessage(ar: "حُذفت بيانات العميل", en: "The customer's data was erased"))
}
