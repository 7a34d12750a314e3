package import Domain
package import Logging
import ServiceLifecycle

/// Follows the logs behind the commit, and owes what happened to systems of the shop.
///
/// Any number of hubs may run one: the cursor lies in the store, and moves in the transaction that owes.
package struct HookPlanner: Service {
    private let feed: any HookFeed
    private let limits: HookLimits
    /// Wakes who delivers.
    private let bell: WakeUps
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        feed: any HookFeed,
        limits: HookLimits,
        bell: WakeUps,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.feed = feed
        self.limits = limits
        self.bell = bell
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await keep() }
    }

    private func keep() async {
        // The first look goes back as far as the cursor says.
        var since: Timestamp?
        while !Task.isCancelled {
            let start = now()
            do {
                if try await look(since: since) { since = start - limits.overlap }
            } catch {
                logger.warning("events for systems of the shop wait", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: limits.interval)
        }
    }

    /// Owes all that happened. Returns whether it saw all of it, and no other hub was at it.
    func look(since: Timestamp?) async throws -> Bool {
        while !Task.isCancelled {
            let progress = try await feed.plan(since: since, at: now(), limits)
            if progress.owed > 0 { bell.wake() }
            guard progress.isMore else { return progress.hasLooked }
        }
        return false
    }
}
