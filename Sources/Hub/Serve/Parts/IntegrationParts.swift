import Actors
import Domain
import Integrations
import RestFacade
import Storage

/// Outside services: how they are connected, and what the hub works with.
struct IntegrationParts {
    let desk: IntegrationDesk
    /// Goes where owners say, and trusts no address.
    let client: OutboundClient
    private let held: Replaceable<Outside>

    /// What owners stored, and what the environment says where they stored nothing.
    var outside: Live<Outside> { held.live }

    /// Throws when the store is away, or when a secret cannot be opened.
    init(
        _ configuration: HubConfiguration,
        _ prepared: Preparation.Outcome,
        now: @escaping @Sendable () -> Timestamp
    ) async throws {
        let outside = configuration.outside
        let timeout = configuration.limits.statusTimeout
        let mail = MailCheck(
            url: outside.smtpURL?.reveal(), mailboxes: outside.mailboxes.count, caFile: outside.smtpCAFile,
            timeout: timeout)
        let client = OutboundClient(OutboundRules(allowed: configuration.outboundAllow))
        self.client = client
        held = Replaceable(outside)
        desk = IntegrationDesk(
            store: prepared.stores.integrations,
            vault: prepared.vault,
            environment: outside.fields,
            checks: ServiceChecks(client, mail: mail, timeout: timeout),
            traffic: prepared.stores.traffic,
            upkeep: ZidUpkeepSight(
                prepared.stores.zidUpkeep, address: configuration.publicURL.map(ZidWebhookRoute.address), now: now),
            timeout: timeout,
            now: now
        )
        for type in IntegrationType.allCases {
            try await desk.takeUp(type) { [held] values in held.change { $0.take(values, of: type) } }
        }
    }

    /// Looks for what owners store, and hands it to what uses the service.
    func keeper(
        _ hub: HubContext,
        _ renew: @escaping @Sendable (IntegrationType, Outside) async -> Void
    ) -> IntegrationKeeper {
        IntegrationKeeper(desk, interval: hub.limits.integrationInterval, logger: hub.logger) { [held] type, values in
            held.change { $0.take(values, of: type) }
            await renew(type, held.now)
        }
    }
}
