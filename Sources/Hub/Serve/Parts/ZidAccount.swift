import Actors
import Domain
import Integrations
import Logging
import RestFacade
import Storage

/// The shop's store at Zid.
struct ZidAccount {
    private typealias Doors = WebhookKeys<ZidWebhookRoute.Door>

    private let hub: HubContext
    private let client: OutboundClient
    private let pace: ZidPace
    private let held: Replaceable<ZidConnection?>
    private let heldDoors: Replaceable<Doors>

    /// - Parameter client: For addresses that owners typed.
    init(_ hub: HubContext, _ client: OutboundClient) {
        let pace = ZidPace(perMinute: hub.limits.zidPerMinute, now: hub.now)
        let outside = hub.outside.now
        (self.hub, self.client, self.pace) = (hub, client, pace)
        held = Replaceable(Self.connection(outside, hub, client, pace))
        heldDoors = Replaceable(WebhookKeys(outside.zidDoor))
    }

    /// Nil without both keys.
    var connection: Live<ZidConnection?> { held.live }

    var doors: Live<WebhookKeys<ZidWebhookRoute.Door>> { heldDoors.live }

    func renew(_ outside: Outside) async {
        held.replace(with: Self.connection(outside, hub, client, pace))
        let (moment, grace) = (hub.now(), hub.limits.webhookGrace)
        heldDoors.change { $0 = $0.renewed(with: outside.zidDoor, grace: grace, at: moment) }
        guard held.now != nil else { return }
        do {
            // It may be another store, and one whose keys were wrong is looked at now.
            try await hub.stores.zid.restartJobs()
        } catch {
            hub.logger.debug("looks at Zid begin anew when they are due", metadata: ["error": "\(error)"])
        }
    }

    /// Addresses of the environment are the operator's own.
    private static func connection(
        _ outside: Outside,
        _ hub: HubContext,
        _ client: OutboundClient,
        _ pace: ZidPace
    ) -> ZidConnection? {
        guard let authorization = outside.zidToken, let manager = outside.zidManagerToken else { return nil }
        let account = ZidClient.Account(
            authorizationToken: authorization.reveal(), managerToken: manager.reveal(), storeID: outside.zidStoreID,
            baseURL: outside.zidURL ?? ZidCheck.Account().baseURL)
        let isOfTheOperator = outside.zidURL != nil && outside.zidURL == hub.configuration.outside.zidURL
        let shop = ZidClient(
            account,
            client: isOfTheOperator ? OutboundClient(.ofTheOperator) : client,
            pace: pace,
            timeout: hub.limits.statusTimeout
        )
        return ZidConnection(shop: shop, stockOwner: outside.zidRules.stockOwner)
    }
}

extension Outside {
    /// Nil while its owner has not set all of it, or Zid is not connected.
    fileprivate var zidDoor: ZidWebhookRoute.Door? {
        guard zidToken != nil, zidManagerToken != nil, let id = zidRules.webhookID, let login = zidRules.webhookLogin
        else { return nil }
        return ZidWebhookRoute.Door(id: id.reveal(), login: login)
    }
}
