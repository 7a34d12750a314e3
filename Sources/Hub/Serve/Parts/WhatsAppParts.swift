import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// WhatsApp: what comes in, the files it brings, and what is owed to it.
struct WhatsAppParts {
    let intake: WhatsAppIntake
    let webhook: WhatsAppWebhookRoute
    let relay: OutboxRelay
    /// Nil without a token, which Meta asks for with every file.
    let files: WhatsAppFiles?
    let account: WhatsAppAccount

    /// - Parameter others: What else the relay sends through.
    init(
        _ hub: HubContext,
        _ account: WhatsAppAccount,
        _ messaging: MessagingParts,
        others: [OutboxChannel: any OutboundChannel],
        blobs: any BlobStore
    ) {
        self.account = account
        let (stores, outside) = (hub.stores, hub.outside)
        let limits = WhatsAppLimits(hub.limits)
        intake = WhatsAppIntake(
            webhooks: stores.webhooks,
            scribe: WhatsAppScribe(
                people: stores.whatsApp,
                rooms: stores.rooms,
                gateway: messaging.rooms,
                outbox: stores.outbox,
                templates: account.templates,
                now: hub.now
            ),
            limits: limits.intake,
            now: hub.now,
            logger: hub.logger
        )
        webhook = WhatsAppWebhookRoute(
            intake: intake,
            signature: outside.whatsAppAppSecret.map { MetaSignature(appSecret: $0.reveal()) },
            verifyToken: outside.whatsAppVerifyToken?.reveal()
        )
        files = outside.whatsAppToken.map { token in
            WhatsAppFiles(
                files: stores.whatsAppFiles,
                source: GraphFiles(
                    token: token.reveal(), baseURL: outside.whatsAppURL ?? WhatsAppCheck.Account().baseURL),
                blobs: blobs,
                attachments: stores.attachments,
                gateway: messaging.rooms,
                limits: limits,
                now: hub.now,
                logger: hub.logger
            )
        }
        relay = OutboxRelay(
            outbox: stores.outbox,
            channels: Self.channels(hub, account, others, blobs: blobs),
            reporter: RoomReporter(gateway: messaging.rooms),
            limits: OutboxLimits(hub.limits),
            settings: OutboxRelaySettings(hub.limits),
            bell: messaging.owed,
            now: hub.now,
            logger: hub.logger
        )
    }

    var services: [any Service] {
        let optional: [(any Service)?] = [files, account.signs]
        return [account.templates, relay, intake] + optional.compactMap(\.self)
    }

    var metrics: [any MetricSource] {
        [intake, relay] + (account.signs.map { [$0] } ?? [])
    }

    /// None without an account: the relay then says so in the messages it cannot send.
    private static func channels(
        _ hub: HubContext,
        _ account: WhatsAppAccount,
        _ others: [OutboxChannel: any OutboundChannel],
        blobs: any BlobStore
    ) -> [OutboxChannel: any OutboundChannel] {
        var channels = others
        channels[.whatsapp] = account.client.map { client in
            WhatsAppChannel(
                client: client,
                book: hub.stores.addressBook,
                attachments: hub.stores.attachments,
                blobs: blobs
            )
        }
        return channels
    }
}
