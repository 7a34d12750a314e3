package import Logging
import ServiceLifecycle

/// Keeps up by itself what the work with Zid needs: its keys, and that Zid tells of orders.
package struct ZidUpkeepKeeper: Service {
    private let keys: ZidKeyRenewer
    private let webhooks: ZidWebhookRegistrar
    private let bell: ZidRenewalBell
    private let interval: Duration
    private let logger: Logger

    package init(
        keys: ZidKeyRenewer,
        webhooks: ZidWebhookRegistrar,
        bell: ZidRenewalBell,
        interval: Duration,
        logger: Logger
    ) {
        self.keys = keys
        self.webhooks = webhooks
        self.bell = bell
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                let (bell, interval) = (self.bell.wakeUps, self.interval)
                group.addTask {
                    while !Task.isCancelled {
                        bell.wake()
                        try? await Task.sleep(for: interval)
                    }
                    bell.finish()
                }
                // Registering may wait for new keys: neither holds up the other.
                group.addTask { await self.keepKeys() }
                group.addTask { await self.keepWebhooks() }
            }
        }
    }

    private func keepKeys() async {
        for await _ in bell.wakeUps.stream {
            do {
                try await keys.look()
            } catch {
                logger.debug("the keys of Zid cannot be looked at", metadata: ["error": "\(error)"])
            }
        }
    }

    private func keepWebhooks() async {
        while !Task.isCancelled {
            do {
                try await webhooks.look()
            } catch {
                logger.debug("the webhooks of Zid cannot be looked at", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }
}
