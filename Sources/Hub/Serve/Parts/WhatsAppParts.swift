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
    let account: WhatsAppAccount
    private let files: WhatsAppFiles

    /// - Parameter others: What else the relay sends through.
    init(
        _ hub: HubContext,
        _ account: WhatsAppAccount,
        _ messaging: MessagingParts,
        others: [OutboxChannel: Live<(any OutboundChannel)?>],
        blobs: any BlobStore
    ) {
        self.account = account
        let stores = hub.stores
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
            intake: intake, keys: account.keys, verifyToken: account.now.map(\.verifyToken))
        files = WhatsAppFiles(
            files: stores.whatsAppFiles,
            source: account.now.map(\.files),
            blobs: blobs,
            attachments: stores.attachments,
            gateway: messaging.rooms,
            limits: limits,
            now: hub.now,
            logger: hub.logger
        )
        relay = OutboxRelay(
            outbox: stores.outbox,
            channels: others.merging([.whatsapp: Self.channel(hub, account, blobs: blobs)]) { _, new in new },
            reporter: RoomReporter(gateway: messaging.rooms),
            limits: OutboxLimits(hub.limits),
            settings: OutboxRelaySettings(hub.limits),
            bell: messaging.owed,
            now: hub.now,
            logger: hub.logger
        )
    }

    var services: [any Service] { [account.templates, relay, intake, files, account.signs] }

    var metrics: [any MetricSource] { [intake, relay, account.signs] }

    /// Nil without an account: the relay then says so of the messages it cannot send.
    private static func channel(
        _ hub: HubContext,
        _ account: WhatsAppAccount,
        blobs: any BlobStore
    ) -> Live<(any OutboundChannel)?> {
        let stores = hub.stores
        return account.now.map { line in
            line.client.map { client in
                WhatsAppChannel(
                    client: client, book: stores.addressBook, attachments: stores.attachments, blobs: blobs)
            }
        }
    }
}
