package import Domain

/// Sends what the outbox holds for a mailbox: asks for its words, and hands it to the mail server.
package struct MailChannel: OutboundChannel {
    private let client: SMTPClient
    private let logins: [String: SMTPLogin]
    private let writer: any LetterWriter

    /// - Parameter logins: By the address of the mailbox; a login of the server's own goes before them.
    package init(client: SMTPClient, logins: [String: SMTPLogin], writer: any LetterWriter) {
        self.client = client
        self.logins = logins
        self.writer = writer
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .mail(let order) = entry.content, let recipient = EmailAddress(entry.lane.recipient) else {
            return .refused(SendRefusal(.permanent, .noMail))
        }
        guard let login = logins[entry.lane.number], let sender = EmailAddress(entry.lane.number) else {
            return .refused(SendRefusal(.config, .otherMailbox))
        }
        let draft: LetterDraft
        do {
            draft = try await writer.letter(for: order, to: recipient)
        } catch {
            // The store is away: nothing has left.
            return .notSent(.storeAway)
        }
        switch draft {
        case .nothing(let problem):
            return .refused(SendRefusal(.permanent, problem))
        case .letter(let letter):
            let composer = MailComposer(
                sender: sender, recipient: recipient, id: entry.id.text, at: entry.delivery.createdAt)
            let parcel = SMTPParcel(
                sender: sender.text, recipient: recipient.text, data: composer.data(of: letter))
            let outcome = await client.run(.deliver(parcel, login: client.server.login ?? login))
            return SendOutcome(outcome, id: composer.messageID)
        }
    }
}
