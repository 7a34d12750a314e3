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
    /// Rings when Zid refuses the keys, and when others are stored.
    let bell = ZidRenewalBell()
    private let heldClient: Replaceable<ZidClient?>
    private let heldOwner: Replaceable<ZidStockOwner>
    private let heldDoors: Replaceable<Doors>

    /// - Parameter client: For addresses that owners typed.
    init(_ hub: HubContext, _ client: OutboundClient) {
        let pace = ZidPace(perMinute: hub.limits.zidPerMinute, now: hub.now)
        let outside = hub.outside.now
        (self.hub, self.client, self.pace) = (hub, client, pace)
        heldOwner = Replaceable(outside.zidRules.stockOwner)
        heldDoors = Replaceable(WebhookKeys(outside.zidDoor))
        heldClient = Replaceable(nil)
        heldClient.replace(with: shop(outside))
    }

    /// Nil without both keys.
    var connection: Live<ZidConnection?> {
        Live { [heldClient, heldOwner] in
            heldClient.now.map { ZidConnection(shop: $0, stockOwner: heldOwner.now) }
        }
    }

    var doors: Live<WebhookKeys<ZidWebhookRoute.Door>> { heldDoors.live }

    func renew(_ outside: Outside) async {
        heldOwner.replace(with: outside.zidRules.stockOwner)
        let (moment, grace) = (hub.now(), hub.limits.webhookGrace)
        heldDoors.change { $0 = $0.renewed(with: outside.zidDoor, grace: grace, at: moment) }
        heldClient.replace(with: shop(outside))
        bell.ring()
        guard heldClient.now != nil else { return }
        do {
            // It may be another store, and one whose keys were wrong is looked at now.
            try await hub.stores.zid.restartJobs()
        } catch {
            hub.logger.debug("looks at Zid begin anew when they are due", metadata: ["error": "\(error)"])
        }
    }

    /// The one of now with other keys, where it is the same store: requests under way go on with these.
    private func shop(_ outside: Outside) -> ZidClient? {
        guard let authorization = outside.zidToken, let manager = outside.zidManagerToken else { return nil }
        let keys = ZidKeyRing.Keys(authorization: authorization.reveal(), manager: manager.reveal())
        let account = ZidClient.Account(
            storeID: outside.zidStoreID, baseURL: outside.zidURL ?? ZidCheck.Account().baseURL,
            clientID: outside.zidRules.clientID)
        if let known = heldClient.now, known.works(for: account) {
            known.take(keys)
            return known
        }
        // Addresses of the environment are the operator's own.
        let isOfTheOperator = outside.zidURL != nil && outside.zidURL == hub.configuration.outside.zidURL
        return ZidClient(
            account,
            keys: ZidKeyRing(
                keys, renewal: account.clientID == nil ? nil : bell, patience: hub.limits.zidUpkeep.patience),
            client: isOfTheOperator ? OutboundClient(.ofTheOperator) : client,
            pace: pace,
            timeout: hub.limits.statusTimeout
        )
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
