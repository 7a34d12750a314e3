import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// SMS, mail, alerts and appointments: how they leave, and what their services tell.
struct OutletParts {
    /// None for what is not connected: the relay then says so of what it cannot send.
    let channels: [OutboxChannel: any OutboundChannel]
    let resources: OutletResources
    private let twilio: WebhookIntake<TwilioScribe>
    private let sendGrid: WebhookIntake<SendGridScribe>

    init(_ hub: HubContext, _ accounts: OutletAccounts, _ messaging: MessagingParts, mail: MailChannel?) {
        let (stores, publicURL) = (hub.stores, hub.configuration.publicURL)
        twilio = WebhookIntake(
            webhooks: stores.webhooks,
            scribe: TwilioScribe(
                outbox: stores.outbox,
                messages: stores.sms,
                conversations: stores.conversations,
                gateway: messaging.rooms
            ),
            limits: WebhookLimits(hub.limits),
            now: hub.now,
            logger: hub.logger
        )
        sendGrid = WebhookIntake(
            webhooks: stores.webhooks,
            scribe: SendGridScribe(outbox: stores.outbox),
            limits: WebhookLimits(hub.limits),
            now: hub.now,
            logger: hub.logger
        )
        channels = Self.channels(hub, accounts, mail)
        resources = OutletResources(
            sms: stores.sms,
            hasSMS: accounts.twilio != nil,
            twilio: TwilioWebhookRoute(
                intake: twilio, signature: accounts.twilio.map { TwilioSignature($0) }, publicURL: publicURL),
            sendGrid: SendGridWebhookRoute(intake: sendGrid, signature: accounts.sendGrid?.signature),
            bell: messaging.owed
        )
    }

    var services: [any Service] { [twilio, sendGrid] }

    var metrics: [any MetricSource] { [twilio, sendGrid] }

    private static func channels(
        _ hub: HubContext,
        _ accounts: OutletAccounts,
        _ mail: MailChannel?
    ) -> [OutboxChannel: any OutboundChannel] {
        var channels: [OutboxChannel: any OutboundChannel] = [:]
        channels[.mail] = mail
        channels[.sms] = accounts.twilio.map { account in
            SMSChannel(
                client: TwilioClient(account, client: accounts.client, timeout: accounts.timeout),
                messages: hub.stores.sms,
                callback: hub.configuration.publicURL.map(TwilioWebhookRoute.address),
                now: hub.now
            )
        }
        channels[.slack] = accounts.slack.map { SlackChannel(client: $0) }
        channels[.calendar] = accounts.calendar.map { client in
            CalendarChannel(client: client, callbacks: hub.stores.callbacks, now: hub.now)
        }
        return channels
    }
}
