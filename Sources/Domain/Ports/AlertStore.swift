/// Incidents, shared by all hubs of a database, so that each is told once.
package protocol AlertStore: Sendable {
    /// Those that are not over.
    func open() async throws -> [AlertIncident]

    /// Stores what became of an incident if nobody else has changed it since; false when somebody has.
    ///
    /// - Parameters:
    ///   - old: As it was read; nil for a new one, of which there is one for each key.
    ///   - new: Nil for one that was nothing.
    func change(_ old: AlertIncident?, to new: AlertIncident?) async throws -> Bool

    /// Tells what `decide` makes of the incidents that are not told yet: owes it to Slack and to mailboxes, writes it
    /// into the staff's channel, and marks it as told, in one transaction. Nil when there was nothing to tell.
    func tell(
        _ outlets: AlertOutlets,
        at moment: Timestamp,
        _ decide: @escaping @Sendable ([AlertIncident]) -> AlertBulletin?
    ) async throws -> PostedAlert?

    /// The newest first.
    func incidents(_ request: ListRequest<AlertSort, AlertFilter>) async throws -> ListPage<AlertIncident>

    /// Takes up the scheduled check of something when it is due, which moves it by `pause`. One hub of all gets it;
    /// what was never checked is due after the first pause.
    func claimCheck(_ name: String, at moment: Timestamp, every pause: Duration) async throws -> Bool

    /// Forgets incidents that were over before a moment, and scheduled tests from before. Returns how many of either.
    func tidy(before moment: Timestamp, limit: Int) async throws -> Int
}

/// Where alerts go besides the staff's channel.
package struct AlertOutlets: Sendable, Equatable {
    package var hasSlack: Bool
    /// The address that mails are sent from; nil when no mail is set up.
    package var mailbox: EmailAddress?
    /// Who gets mails.
    package var recipients: [EmailAddress]
    /// Of the staff's channel, when it has to be made.
    package var title: String

    package init(
        hasSlack: Bool,
        mailbox: EmailAddress? = nil,
        recipients: [EmailAddress] = [],
        title: String = "تنبيهات النظام · System alerts"
    ) {
        self.hasSlack = hasSlack
        self.mailbox = mailbox
        self.recipients = recipients
        self.title = title
    }
}

extension AlertOutlets {
    /// What the outbox owes for a bulletin that stands at `seq` in the staff's channel.
    package func entries(for bulletin: AlertBulletin, _ seq: SequenceNumber, at moment: Timestamp) -> [OutboxEntry] {
        let order = moment.milliseconds
        let slack =
            hasSlack
            ? [
                OutboxEntry(
                    id: .make(at: moment), lane: .slack, order: order, content: .slack(SlackPost(bulletin.text)),
                    at: moment)
            ] : []
        guard let mailbox else { return slack }
        // A mail says what the channel says.
        let letter = MailOrder(.message(seq), of: .alerts, in: .arabic)
        return slack
            + recipients.map { recipient in
                OutboxEntry(
                    id: .make(at: moment),
                    lane: OutboxLane(channel: .mail, number: mailbox.text, recipient: recipient.text),
                    order: order,
                    content: .mail(letter),
                    at: moment
                )
            }
    }
}

/// What was told.
package struct PostedAlert: Sendable, Equatable {
    package let bulletin: AlertBulletin
    package let room: RoomID
    package let seq: SequenceNumber

    package init(_ bulletin: AlertBulletin, room: RoomID, seq: SequenceNumber) {
        self.bulletin = bulletin
        self.room = room
        self.seq = seq
    }
}

extension RoomID {
    /// The channel of the staff in which alerts stand.
    package static let alerts = RoomID.fixed(1)
}
