import Actors
import Domain
import Integrations
import ServiceLifecycle
import Storage

/// Systems of the shop: what they are told, and how it leaves.
struct HookParts {
    let desk: HookDesk
    let relay: OutboxRelay
    private let planner: HookPlanner

    init(_ hub: HubContext, _ integrations: IntegrationParts, _ messaging: MessagingParts) {
        let limits = hub.limits.hooks
        let bell = WakeUps()
        desk = HookDesk(
            store: hub.stores.hooks, vault: hub.prepared.vault, rules: integrations.client.rules, limits: limits,
            bell: bell)
        planner = HookPlanner(
            feed: hub.stores.hookFeed, limits: limits, bell: bell, now: hub.now, logger: hub.logger)
        let channel = HookChannel(
            feed: hub.stores.hookFeed, vault: hub.prepared.vault, client: integrations.client, limits: limits,
            now: hub.now)
        var settings = OutboxRelaySettings(hub.limits)
        // A place for all that may be under way, so that no endpoint waits for another.
        settings.maxUnderWay = limits.maxEndpoints * limits.width
        relay = OutboxRelay(
            .hooks,
            outbox: hub.stores.outbox,
            channels: [.hook: Live(always: channel)],
            reporter: RoomReporter(gateway: messaging.rooms),
            limits: OutboxLimits(hub.limits),
            settings: settings,
            bell: bell,
            now: hub.now,
            logger: hub.logger
        )
    }

    var services: [any Service] { [relay, planner] }
}
