import Actors
import Domain
import RestFacade
import Storage
import Transport

extension HubContext {
    /// The HTTP side, over the parts that are made.
    func facade(
        access: AccessParts,
        messaging: MessagingParts,
        logins: LoginParts,
        shop: ShopParts,
        whatsApp: WhatsAppParts,
        zid: ZidParts,
        desk: DeskParts,
        assistant: AssistantParts,
        knowledge: KnowledgeParts,
        outlets: OutletParts,
        hooks: HookParts,
        doors: DoorParts,
        alerts: AlertKeeper,
        requests: RequestMetrics
    ) -> RestFacade {
        RestFacade(
            rooms: stores.rooms,
            users: stores.users,
            health: stores.health,
            gatekeeper: access.gatekeeper,
            gateway: messaging.rooms,
            login: logins.login,
            passwords: logins.passwords,
            attachments: AttachmentRoutes(
                attachments: stores.attachments,
                blobs: shop.blobs,
                limits: AttachmentLimits(limits),
                now: now
            ),
            resources: ResourceStores(
                audit: stores.audit,
                products: stores.products,
                archive: stores.archive,
                crm: CRMStores(
                    contacts: stores.contacts,
                    merging: stores.merging,
                    persons: stores.persons,
                    rooms: stores.rooms,
                    leads: stores.leads,
                    deals: stores.deals
                ),
                codes: shop.codes,
                orders: stores.orders,
                callbacks: stores.callbacks,
                progress: stores.progress,
                training: stores.training,
                status: shop.status,
                integrations: shop.integrations,
                alerts: stores.alerts,
                routing: messaging.routing,
                people: logins.people,
                whatsApp: whatsApp.webhook,
                zid: zid.webhook,
                desk: desk.resources,
                templates: whatsApp.account.templates,
                assistant: assistant.resources,
                knowledge: knowledge.resources,
                outlets: outlets.resources,
                hooks: hooks.desk
            ),
            metrics: [
                ProcessMetrics(startedAt: now()), doors.gate, messaging.lanes, messaging.rooms, messaging.commits,
                stores.metrics, messaging.routing, messaging.help,
            ] + whatsApp.metrics + zid.metrics + assistant.metrics + knowledge.metrics + outlets.metrics
                + [hooks.relay, alerts],
            requests: requests,
            isDraining: doors.isDraining,
            settings: RestSettings(
                maxBodyBytes: limits.maxBodyBytes,
                maxPollWait: limits.maxPollWait,
                maxStreamsPerPerson: limits.maxStreamsPerPerson,
                requestRate: RequestRate(
                    perMinute: limits.requestsPerMinute,
                    maxCallers: limits.maxCountedCallers
                ),
                isAllowedOrigin: { [origins = doors.origins] in origins.allows(origin: $0, host: $1) },
                trustedProxies: doors.trustedProxies,
                metricsToken: configuration.metricsToken.map { MetricsToken($0.reveal()) }
            ),
            now: now
        )
    }
}
