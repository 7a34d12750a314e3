package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Keeps what templates there are, and asks for them again now and then.
///
/// When they cannot be had, the last ones stay.
package final class TemplateShelf: TemplateOffer, Service {
    private let source: (any TemplateSource)?
    private let interval: Duration
    private let logger: Logger
    private let known = Mutex<[MessageTemplate]>([])

    /// The first pause after a failure; each further one is twice as long.
    private static let firstPause = Duration.seconds(5)

    /// - Parameters:
    ///   - source: Nil when there is no account: then there are no templates.
    ///   - interval: Between two looks.
    package init(source: (any TemplateSource)?, interval: Duration = .seconds(600), logger: Logger) {
        self.source = source
        self.interval = interval
        self.logger = logger
    }

    package var templates: [MessageTemplate] { known.withLock { $0 } }

    package func run() async throws {
        guard let source else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown { await self.keepLooking(at: source) }
    }

    private func keepLooking(at source: any TemplateSource) async {
        var pause = min(interval, Self.firstPause)
        while !Task.isCancelled {
            var wait = interval
            do {
                let found = try await source.approvedTemplates()
                known.withLock { known in
                    known = found.sorted { ($0.name, $0.language) < ($1.name, $1.language) }
                }
                pause = min(interval, Self.firstPause)
            } catch {
                let reason = (error as? HubError)?.message ?? "\(type(of: error))"
                logger.info("templates could not be had", metadata: ["error": "\(reason)"])
                wait = pause
                pause = min(interval, pause * 2)
            }
            try? await Task.sleep(for: wait)
        }
    }
}
