import Actors
import Domain
import Integrations
import ServiceLifecycle
import Storage

/// Mail: how it leaves, who orders it, and visitors who left.
struct MailParts {
    let desk: MailDesk
    let continuations: ContinuationDesk
    /// Nil while no mail is set up.
    let channel: Live<(any OutboundChannel)?>
    private let keeper: FollowUpKeeper?

    /// Throws when the certificate of `SMTP_CA_FILE` cannot be read.
    init(
        _ hub: HubContext,
        _ access: AccessParts,
        _ messaging: MessagingParts,
        _ accounts: OutletAccounts
    ) throws(ConfigurationError) {
        // Mailboxes and their server are of the environment, and stay as they are.
        let (stores, outside) = (hub.stores, hub.configuration.outside)
        let links = ContinuationSeal(secret: hub.prepared.secret)
        let writer = MailWriter(
            rooms: stores.rooms,
            conversations: stores.conversations,
            followUps: stores.followUps,
            hours: hub.hours,
            links: links,
            publicURL: hub.configuration.publicURL,
            now: hub.now
        )
        // SendGrid when it is connected and turned on, else the server of the environment.
        let server = try outside.mailServer(hub.limits).map { client in
            MailChannel.Carrier.server(client, logins: outside.mailLogins)
        }
        channel = accounts.sendGrid.map { sendGrid in
            (sendGrid?.carrier ?? server).map { MailChannel($0, writer: writer) }
        }
        // The first one is the shop's.
        let ownMailbox = server == nil ? nil : outside.mailboxes.first?.address
        desk = MailDesk(
            store: stores.mail,
            mailbox: accounts.sendGrid.map { $0?.account.sender ?? ownMailbox },
            gateway: messaging.rooms,
            bell: messaging.owed
        )
        continuations = ContinuationDesk(
            conversations: stores.conversations, links: links, secrets: access.secrets, now: hub.now)
        // A mail without a link would lead nowhere.
        var limits = FollowUpLimits()
        limits.interval = hub.limits.followUpInterval
        keeper =
            hub.configuration.publicURL == nil
            ? nil
            : FollowUpKeeper(
                store: stores.followUps,
                rooms: stores.rooms,
                sessions: messaging.sessions,
                desk: desk,
                hours: hub.hours,
                limits: limits,
                now: hub.now,
                logger: hub.logger
            )
    }

    var services: [any Service] { keeper.map { [$0] } ?? [] }
}

extension OutletAccounts.SendGrid {
    fileprivate var carrier: MailChannel.Carrier { .sendGrid(client, reports: signature != nil) }
}

extension Outside {
    var mailLogins: [String: SMTPLogin] {
        let logins = mailboxes.map { ($0.address.text, SMTPLogin(user: $0.address.text, password: $0.token.reveal())) }
        return Dictionary(logins) { first, _ in first }
    }

    /// Nil without an address or a mailbox.
    fileprivate func mailServer(_ limits: Limits) throws(ConfigurationError) -> SMTPClient? {
        guard !mailboxes.isEmpty, let server = smtpURL.flatMap({ MailServer($0.reveal()) }) else { return nil }
        do {
            return try SMTPClient(
                server,
                caFile: smtpCAFile,
                timeout: limits.outboxTimeout,
                limit: limits.outboxTimeout + limits.outboxUploadTimeout
            )
        } catch {
            throw ConfigurationError(
                name: Settings.smtpCAFile.name,
                problem: "\"\(smtpCAFile ?? "")\" cannot be read as a certificate",
                accepted: Settings.smtpCAFile.accepted
            )
        }
    }
}
