package import Domain
import Synchronization

/// Takes orders for mails: the one way by which people have a transcript sent.
package final class MailDesk: Sendable {
    private let store: any MailStore
    private let sender: Live<EmailAddress?>
    private let gateway: any RoomGateway
    private let bell: WakeUps
    private let visitors: Mutex<KeyedBuckets<VisitorID>>

    /// - Parameters:
    ///   - mailbox: See `mailbox`.
    ///   - bell: Wakes who sends.
    package init(
        store: any MailStore,
        mailbox: Live<EmailAddress?>,
        gateway: any RoomGateway,
        bell: WakeUps,
        limits: MailLimits = MailLimits()
    ) {
        self.store = store
        sender = mailbox
        self.gateway = gateway
        self.bell = bell
        visitors = Mutex(
            KeyedBuckets(
                capacity: Double(limits.perVisitor),
                refillPerSecond: Double(limits.perVisitor) / 3600,
                maxKeys: limits.maxCountedVisitors
            ))
    }

    /// The address that mails are sent from; nil when no mail is set up.
    package var mailbox: EmailAddress? { sender.now }

    /// Throws `conflict` when no mail is set up, and `rate_limited`.
    ///
    /// - Parameters:
    ///   - room: The caller may read it.
    ///   - recipient: Nil for the address of the customer; a visitor has no choice.
    package func sendTranscript(
        of summary: ConversationSummary,
        to recipient: String?,
        in language: Language,
        for principal: Principal,
        _ writing: Writing<PostedMail>
    ) async throws -> Written<PostedMail> {
        guard let mailbox else { throw HubError.noMail }
        let address = try address(recipient, of: summary, for: principal)
        if case .visitor(let visitor) = principal,
            let wait = visitors.withLock({ $0.take(for: visitor.id, at: writing.at) })
        {
            throw HubError(.rateLimited, "enough mails for now: look into your mailbox", retryAfter: wait)
        }
        let author: Participant =
            switch principal {
            case .staff(let user): user.participant
            case .visitor: .hub
            }
        let written = try await store.post(
            MailPost(
                id: .make(at: writing.at),
                from: mailbox.text,
                to: address,
                MailOrder(.transcript, of: summary.room.id, in: language),
                author: author,
                mid: .fresh(),
                note: "نسخة من المحادثة تُرسل إلى \(address) · A transcript goes to \(address)"
            ),
            writing
        )
        if case .done(let mail) = written { posted(mail) }
        return written
    }

    /// Tells who is connected of the note, and who sends of the mail.
    func posted(_ mail: PostedMail) {
        gateway.appended(upTo: mail.seq, in: mail.side)
        bell.wake()
    }

    private func address(
        _ wanted: String?,
        of summary: ConversationSummary,
        for principal: Principal
    ) throws(HubError) -> EmailAddress {
        let own = summary.contact.email.flatMap(EmailAddress.init)
        guard let wanted else {
            guard let own else {
                throw .invalid([FieldProblem("/to", "required", "the customer gave no e-mail address: say where to")])
            }
            return own
        }
        guard let address = EmailAddress(wanted) else {
            throw .invalid([FieldProblem("/to", "format", "must be an e-mail address")])
        }
        guard principal.isStaff || address == own else {
            throw .forbidden("a visitor's transcript goes to the address of their own profile")
        }
        return address
    }
}

extension HubError {
    fileprivate static let noMail = HubError.conflict(
        "no e-mail is set up here: set SMTP_URL and EMAIL_TOKENS, or download the transcript instead")
}
