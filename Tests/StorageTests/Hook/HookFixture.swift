import Domain
import Testing

@testable import Storage

/// Endpoints that tests of the stores listen with.
extension StoreSet {
    static let hookLimits = HookLimits()

    static var hookSecret: KeptHookSecret {
        get throws {
            let sealed = try #require(IntegrationStoreTests.sealed)
            return KeptHookSecret(id: .make(at: Timestamp(milliseconds: 1_790_000_000_000)), sealed: sealed)
        }
    }

    /// One that is told from now on.
    @discardableResult
    func listen(_ fixture: StoreFixture, to types: Set<HookEventType> = []) async throws -> HookEndpoint {
        let now = fixture.clock.now
        let url = try #require(OutboundURL("https://shop.example/hook"))
        var endpoint = HookEndpoint(id: .make(at: now), url: url, at: now)
        endpoint.types = types
        return try await hooks.add(endpoint, try Self.hookSecret, max: 20, fixture.writing())
    }

    /// Looks until there is nothing more.
    @discardableResult
    func plan(_ fixture: StoreFixture, since: Timestamp? = nil, _ limits: HookLimits = hookLimits) async throws -> Int {
        var owed = 0
        while true {
            let progress = try await hookFeed.plan(since: since, at: fixture.clock.now, limits)
            owed += progress.owed
            guard progress.isMore || !progress.hasLooked else { return owed }
        }
    }

    func hookDeliveries(_ change: (inout HookDeliveryFilter) -> Void = { _ in }) async throws -> [HookDelivery] {
        var filter = HookDeliveryFilter()
        change(&filter)
        return try await hooks.deliveries(
            ListRequest(filter: filter, order: ListOrder(HookDeliverySort.createdAt), limit: 1000)
        ).items
    }

    /// The types of what is owed, in the order of their names.
    func hookTypes() async throws -> [String] {
        try await hookDeliveries().map(\.type.rawValue).sorted()
    }

    /// Takes what is due of every endpoint.
    func takeHooks(_ fixture: StoreFixture, berths: [String: Int] = [:], usual: Int = 100) async throws -> [OutboxEntry]
    {
        try await outbox.claimHooks(berths, usual: usual, at: fixture.clock.now, OutboxLimits())
    }

    /// What was taken has ended.
    func endHook(_ entry: OutboxEntry, _ result: HookResult, _ fixture: StoreFixture) async throws {
        guard case .hook(let delivery) = entry.content else { return }
        let now = fixture.clock.now
        try await hookFeed.record(
            result, of: delivery, took: .milliseconds(12), at: now, patience: Self.hookLimits.patience)
        _ = try await outbox.change(entry.id) { change in
            change.end(
                take: entry.delivery.takes, result.outcome(entry.id), chance: 1, at: now, OutboxLimits().of(entry))
        }
    }
}
