package import Domain
package import Logging
import ServiceLifecycle

/// Forgets idempotency keys that are too old to be repeated. Every hub of a store may run it.
package struct AnswerExpiry: Service {
    private let answers: any AnswerStore
    private let lifetime: Duration
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// In one transaction; more follow at once.
    private static let batch = 1000

    /// - Parameter lifetime: How long a repeated request gets the first answer.
    package init(
        answers: any AnswerStore,
        lifetime: Duration,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.answers = answers
        self.lifetime = lifetime
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await expire() }
    }

    private func expire() async {
        // Often enough that no key lives a tenth longer than it should.
        let pause = max(.milliseconds(100), lifetime / 10)
        while !Task.isCancelled {
            do {
                while try await answers.forget(takenBefore: now() - lifetime, limit: Self.batch) == Self.batch {}
            } catch {
                logger.debug("the store is away; old keys wait", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: pause)
        }
    }
}
