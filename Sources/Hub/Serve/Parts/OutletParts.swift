import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// SMS, mail, alerts and appointments: how they leave, and what their services tell.
struct OutletParts {
    /// None for what is not connected: the relay then says so of what it cannot send.
    let channels: [OutboxChannel: Live<(any OutboundChannel)?>]
    let resources: OutletResources
    private let twilio: WebhookIntake<TwilioScribe>
    private let sendGrid: WebhookIntake<SendGridScribe>

    init(_ hub: HubContext, _ accounts: OutletAccounts, _ messaging: MessagingParts, mail: MailParts) {
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
        channels = Self.channels(hub, accounts, mail.channel)
        resources = OutletResources(
            sms: stores.sms,
            hasSMS: accounts.twilio.map { $0 != nil },
            twilio: TwilioWebhookRoute(
                intake: twilio, keys: accounts.twilioKeys, publicURL: publicURL),
            sendGrid: SendGridWebhookRoute(intake: sendGrid, keys: accounts.sendGridKeys),
            bell: messaging.owed
        )
    }

    var services: [any Service] { [twilio, sendGrid] }

    var metrics: [any MetricSource] { [twilio, sendGrid] }

    private static func channels(
        _ hub: HubContext,
        _ accounts: OutletAccounts,
        _ mail: Live<(any OutboundChannel)?>
    ) -> [OutboxChannel: Live<(any OutboundChannel)?>] {
        let (stores, now) = (hub.stores, hub.now)
        let callback = hub.configuration.publicURL.map(TwilioWebhookRoute.address)
        return [
            .mail: mail,
            .sms: accounts.twilio.map { twilio in
                twilio.map { SMSChannel(client: $0.client, messages: stores.sms, callback: callback, now: now) }
            },
            .slack: accounts.slack.map { client in client.map { SlackChannel(client: $0) } },
            .calendar: accounts.calendar.map { client in
                client.map { CalendarChannel(client: $0, callbacks: stores.callbacks, now: now) }
            },
        ]
    }
}
