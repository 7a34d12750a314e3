import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// Zid: what comes from it, and what its customers are owed.
struct ZidParts {
    let webhook: ZidWebhookRoute
    private let intake: WebhookIntake<ZidScribe>?
    private let keeper: ZidKeeper?
    /// Delivers what is owed also when Zid is not connected any more.
    private let deliveries: DeliveryKeeper

    init(
        _ hub: HubContext, _ integrations: IntegrationParts, _ messaging: MessagingParts, _ shop: ShopParts,
        mail: MailParts
    ) {
        let (stores, outside, owed) = (hub.stores, hub.outside, WakeUps())
        let limits = ZidLimits(hub.limits)
        let client = integrations.zid(hub)
        intake = client.map { client in
            WebhookIntake(
                webhooks: stores.webhooks,
                scribe: ZidScribe(
                    store: stores.zid,
                    shop: client,
                    stockOwner: outside.zidRules.stockOwner,
                    owed: owed,
                    now: hub.now
                ),
                limits: limits.webhooks,
                now: hub.now,
                logger: hub.logger
            )
        }
        keeper = client.map { client in
            ZidKeeper(
                store: stores.zid,
                shop: client,
                stockOwner: outside.zidRules.stockOwner,
                owed: owed,
                limits: limits,
                now: hub.now,
                logger: hub.logger
            )
        }
        webhook = ZidWebhookRoute(intake: intake, door: outside.zidRules.door)
        deliveries = DeliveryKeeper(
            store: stores.deliveries,
            desk: shop.codes.desk,
            reach: CustomerReach(
                store: stores.deliveries,
                conversations: stores.conversations,
                people: stores.whatsApp,
                gateway: messaging.rooms,
                line: outside.orderLine,
                mailbox: mail.desk.mailbox,
                now: hub.now
            ),
            bell: owed,
            limits: DeliveryLimits(hub.limits),
            now: hub.now,
            logger: hub.logger
        )
    }

    var services: [any Service] {
        let optional: [(any Service)?] = [intake, keeper]
        return [deliveries] + optional.compactMap(\.self)
    }

    var metrics: [any MetricSource] { intake.map { [$0] } ?? [] }
}

extension IntegrationParts {
    /// Nil without both keys. Addresses of the environment are the operator's own.
    fileprivate func zid(_ hub: HubContext) -> ZidClient? {
        guard let authorization = outside.zidToken, let manager = outside.zidManagerToken else { return nil }
        let account = ZidClient.Account(
            authorizationToken: authorization.reveal(), managerToken: manager.reveal(), storeID: outside.zidStoreID,
            baseURL: outside.zidURL ?? ZidCheck.Account().baseURL)
        let rules = OutboundRules(allowed: hub.configuration.outboundAllow)
        return ZidClient(
            account,
            client: outside.zidURL == hub.configuration.outside.zidURL && outside.zidURL != nil
                ? OutboundClient(.ofTheOperator) : OutboundClient(rules),
            perMinute: hub.limits.zidPerMinute,
            timeout: hub.limits.statusTimeout,
            now: hub.now
        )
    }
}

extension Outside {
    /// Nil without a token and a number, as for `WhatsAppAccount`.
    fileprivate var orderLine: CustomerReach.Line? {
        guard whatsAppToken != nil, let whatsAppPhoneID else { return nil }
        return CustomerReach.Line(number: whatsAppPhoneID, template: zidRules.template)
    }
}

extension ZidRules {
    fileprivate var door: ZidWebhookRoute.Door? {
        guard let webhookID, let webhookLogin else { return nil }
        return ZidWebhookRoute.Door(id: webhookID.reveal(), login: webhookLogin)
    }
}
