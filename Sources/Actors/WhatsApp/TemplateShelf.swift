package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Keeps what templates there are, and asks for them again now and then, and when Meta tells that some changed.
///
/// When they cannot be had, the last ones stay.
package final class TemplateShelf: TemplateOffer, Service {
    private let source: Live<(any TemplateSource)?>
    private let interval: Duration
    private let logger: Logger
    private let known = Mutex<[MessageTemplate]>([])
    private let rest = Mutex(Rest())

    private struct Rest {
        /// Whether there is news that no look has begun after.
        var hasNews = false
        /// Runs until the next look.
        var nap: Task<Void, Never>?
    }

    /// Between news and the look, so that many at once are one look: Meta counts them.
    private static let gathering = Duration.seconds(1)
    /// The first pause after a failure; each further one is twice as long.
    private static let firstPause = Duration.seconds(5)

    /// - Parameters:
    ///   - source: Nil while there is no account: then there are no templates.
    ///   - interval: Between two looks.
    package init(source: Live<(any TemplateSource)?>, interval: Duration = .seconds(600), logger: Logger) {
        self.source = source
        self.interval = interval
        self.logger = logger
    }

    package var templates: [MessageTemplate] { known.withLock { $0 } }

    /// Some have changed, or the account has: looks for them in a moment.
    package func noteNews() {
        rest.withLock { rest in
            rest.hasNews = true
            rest.nap?.cancel()
        }
    }

    /// Those that are known are another account's.
    package func forget() {
        known.withLock { $0 = [] }
        noteNews()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.keepLooking() }
    }

    private func keepLooking() async {
        var pause = min(interval, Self.firstPause)
        while !Task.isCancelled {
            var wait = interval
            do {
                let found = try await source.now?.approvedTemplates() ?? []
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
            await nap(for: wait)
        }
    }

    /// Returns after `time`, or shortly after news.
    private func nap(for time: Duration) async {
        let nap = Task { _ = try? await Task.sleep(for: time) }
        rest.withLock { rest in
            rest.nap = nap
            if rest.hasNews { nap.cancel() }
        }
        await withTaskCancellationHandler {
            await nap.value
        } onCancel: {
            nap.cancel()
        }
        guard rest.withLock({ $0.hasNews }) else { return }
        try? await Task.sleep(for: Self.gathering)
        rest.withLock { $0.hasNews = false }
    }
}
