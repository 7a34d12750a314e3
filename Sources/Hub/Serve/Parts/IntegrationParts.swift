import Actors
import Domain
import Integrations
import Storage

/// Outside services: how they are connected, and what the hub works with from its start on.
struct IntegrationParts {
    let desk: IntegrationDesk
    /// What owners stored, and what the environment says where they stored nothing.
    let outside: Outside
    /// Goes where owners say, and trusts no address.
    let client: OutboundClient

    /// Throws when the store is away, or when a secret cannot be opened.
    init(
        _ configuration: HubConfiguration,
        _ prepared: Preparation.Outcome,
        now: @escaping @Sendable () -> Timestamp
    ) async throws {
        var outside = configuration.outside
        let timeout = configuration.limits.statusTimeout
        let mail = MailCheck(
            url: outside.smtpURL?.reveal(), mailboxes: outside.mailboxes.count, caFile: outside.smtpCAFile,
            timeout: timeout)
        let client = OutboundClient(OutboundRules(allowed: configuration.outboundAllow))
        self.client = client
        desk = try await IntegrationDesk(
            store: prepared.stores.integrations,
            vault: prepared.vault,
            environment: outside.fields,
            checks: ServiceChecks(client, mail: mail, timeout: timeout),
            traffic: prepared.stores.traffic,
            timeout: timeout,
            now: now
        )
        for type in IntegrationType.allCases { outside.take(try await desk.values(of: type), of: type) }
        self.outside = outside
    }
}
