package import Domain

/// Sends what the outbox holds for a mailbox: asks for its words, and hands it to who carries mail for the shop.
package struct MailChannel: OutboundChannel {
    /// Who carries mail, as the shop has set up.
    package enum Carrier: Sendable {
        /// With the mailboxes' logins by their addresses; a login of the server's own goes before them.
        case server(SMTPClient, logins: [String: SMTPLogin])
        /// `reports`: whether its events come back to us.
        case sendGrid(SendGridClient, reports: Bool)
    }

    private let carrier: Carrier
    private let writer: any LetterWriter

    package init(_ carrier: Carrier, writer: any LetterWriter) {
        self.carrier = carrier
        self.writer = writer
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .mail(let order) = entry.content, let recipient = EmailAddress(entry.lane.recipient) else {
            return .refused(SendRefusal(.permanent, .noMail))
        }
        if let lack = lack(for: entry) { return lack }
        let draft: LetterDraft
        do {
            draft = try await writer.letter(for: order, to: recipient)
        } catch {
            // The store is away: nothing has left.
            return .notSent(.storeAway)
        }
        switch draft {
        case .nothing(let problem): return .refused(SendRefusal(.permanent, problem))
        case .letter(let letter): return await carry(letter, to: recipient, entry)
        }
    }

    /// What keeps it from leaving, known before anything is written.
    private func lack(for entry: OutboxEntry) -> SendOutcome? {
        switch carrier {
        case .sendGrid: nil
        case .server(_, let logins):
            logins[entry.lane.number] == nil || EmailAddress(entry.lane.number) == nil
                ? .refused(SendRefusal(.config, .otherMailbox)) : nil
        }
    }

    private func carry(_ letter: MailLetter, to recipient: EmailAddress, _ entry: OutboxEntry) async -> SendOutcome {
        switch carrier {
        case .server(let client, let logins):
            guard let login = logins[entry.lane.number], let sender = EmailAddress(entry.lane.number) else {
                return .refused(SendRefusal(.config, .otherMailbox))
            }
            let composer = MailComposer(
                sender: sender, recipient: recipient, id: entry.id.text, at: entry.delivery.createdAt)
            let parcel = SMTPParcel(
                sender: sender.text, recipient: recipient.text, data: composer.data(of: letter))
            let outcome = await client.run(.deliver(parcel, login: client.server.login ?? login))
            return SendOutcome(outcome, id: composer.messageID)
        case .sendGrid(let client, let reports):
            let outcome = await client.send(SendGridMail(to: recipient, letter, entry: entry.id.text))
            // Without events nothing more will be heard of it.
            if case .accepted(let id) = outcome, !reports { return .sent(id) }
            return outcome
        }
    }
}
