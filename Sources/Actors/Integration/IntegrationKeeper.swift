package import Domain
package import Logging
import ServiceLifecycle

/// Has the hub work with what owners store of outside services, while it runs.
///
/// Every hub looks for itself, at versions alone. What cannot be read is asked for again at the next look; until then
/// the hub goes on with what it has.
package actor IntegrationKeeper: Service {
    /// Has all that uses a service work with new values from now on; nil turns it off.
    package typealias TakeUp = @Sendable (IntegrationType, IntegrationValues?) async -> Void

    private let desk: IntegrationDesk
    private let interval: Duration
    private let takeUp: TakeUp
    private let logger: Logger
    /// Services whose values could not be read; each is told once.
    private var unread: Set<IntegrationType> = []

    /// - Parameter interval: Between two looks at what other hubs have stored.
    package init(_ desk: IntegrationDesk, interval: Duration, logger: Logger, takeUp: @escaping TakeUp) {
        self.desk = desk
        self.interval = interval
        self.takeUp = takeUp
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.keepLooking() }
    }

    private func keepLooking() async {
        let (bell, interval) = (desk.bell, interval)
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    bell.wake()
                    try? await Task.sleep(for: interval)
                }
                bell.finish()
            }
            for await _ in bell.stream {
                do {
                    try await look()
                } catch {
                    logger.debug("changes of integrations wait", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Takes up what has changed. Throws what the store throws.
    func look() async throws {
        for type in try await desk.changed() {
            do {
                try await desk.takeUp(type) { await takeUp(type, $0) }
                unread.remove(type)
                logger.info("an integration was taken up", metadata: ["integration": "\(type.rawValue)"])
            } catch {
                guard unread.insert(type).inserted else { continue }
                logger.warning(
                    "what was stored of an integration cannot be read; the hub goes on with what it has",
                    metadata: ["integration": "\(type.rawValue)", "error": "\(error)"])
            }
        }
    }
}
