import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// Zid: what comes from it, and what its customers are owed.
struct ZidParts {
    let webhook: ZidWebhookRoute
    private let account: ZidAccount
    private let intake: WebhookIntake<ZidScribe>
    private let keeper: ZidKeeper
    private let upkeep: ZidUpkeepKeeper
    /// Delivers what is owed also when Zid is not connected any more.
    private let deliveries: DeliveryKeeper

    init(
        _ hub: HubContext, _ integrations: IntegrationParts, _ messaging: MessagingParts, _ shop: ShopParts,
        mail: MailParts
    ) {
        let (stores, owed, limits) = (hub.stores, WakeUps(), ZidLimits(hub.limits))
        let account = ZidAccount(hub, integrations.client)
        self.account = account
        upkeep = Self.upkeep(hub, integrations, account)
        intake = WebhookIntake(
            webhooks: stores.webhooks,
            scribe: ZidScribe(store: stores.zid, connection: account.connection, owed: owed, now: hub.now),
            limits: limits.webhooks,
            now: hub.now,
            logger: hub.logger
        )
        keeper = ZidKeeper(
            store: stores.zid, connection: account.connection, owed: owed, limits: limits, now: hub.now,
            logger: hub.logger)
        webhook = ZidWebhookRoute(intake: intake, doors: account.doors)
        let desk = mail.desk
        deliveries = DeliveryKeeper(
            store: stores.deliveries,
            desk: shop.codes.desk,
            reach: CustomerReach(
                store: stores.deliveries,
                conversations: stores.conversations,
                people: stores.whatsApp,
                gateway: messaging.rooms,
                line: hub.outside.map(\.orderLine),
                mailbox: Live { desk.mailbox },
                now: hub.now
            ),
            bell: owed,
            limits: DeliveryLimits(hub.limits),
            now: hub.now,
            logger: hub.logger
        )
    }

    private static func upkeep(
        _ hub: HubContext,
        _ integrations: IntegrationParts,
        _ account: ZidAccount
    ) -> ZidUpkeepKeeper {
        let (store, rules) = (hub.stores.zidUpkeep, hub.limits.zidUpkeep)
        let oauth = ZidOAuth(client: integrations.client, timeout: hub.limits.outboxTimeout, now: hub.now)
        let secrets = RandomSecretTokens(secret: hub.prepared.secret)
        return ZidUpkeepKeeper(
            keys: ZidKeyRenewer(
                desk: integrations.desk, upkeep: store, issuer: oauth, bell: account.bell, rules: rules,
                now: hub.now, logger: hub.logger),
            webhooks: ZidWebhookRegistrar(
                desk: integrations.desk, upkeep: store, connection: account.connection,
                address: hub.configuration.publicURL.map(ZidWebhookRoute.address), rules: rules,
                makeSecret: { secrets.make() }, now: hub.now, logger: hub.logger),
            bell: account.bell,
            interval: rules.interval,
            logger: hub.logger
        )
    }

    /// Works with this from now on; a look that is under way ends with what it began with.
    func renew(_ outside: Outside) async { await account.renew(outside) }

    var services: [any Service] { [deliveries, intake, keeper, upkeep] }

    var metrics: [any MetricSource] { [intake] }
}

extension Outside {
    /// Nil without a token and a number, as for `WhatsAppAccount`.
    fileprivate var orderLine: CustomerReach.Line? {
        guard whatsAppToken != nil, let whatsAppPhoneID else { return nil }
        return CustomerReach.Line(number: whatsAppPhoneID, template: zidRules.template)
    }
}
