package import Domain
package import Logging
import ServiceLifecycle

/// Work that the store needs now and then. Every hub of a store may do it: each piece is done once.
package struct Chore: Sendable {
    let name: String
    let pause: Duration
    /// Does a bounded piece and returns whether there is more.
    let work: @Sendable () async throws -> Bool

    package init(_ name: String, every pause: Duration, _ work: @escaping @Sendable () async throws -> Bool) {
        self.name = name
        self.pause = pause
        self.work = work
    }

    /// How much is done in one transaction.
    private static let batch = 500

    /// Forgets idempotency keys that nobody repeats any more.
    package static func forgetAnswers(
        _ answers: any AnswerStore,
        olderThan lifetime: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        // Often enough that no key lives a tenth longer than it should.
        Chore("forget answers", every: max(.milliseconds(100), lifetime / 10)) {
            try await answers.forget(takenBefore: now() - lifetime, limit: batch) == batch
        }
    }

    /// Forgets webhooks that are done and are not repeated any more, and parks what waited in vain.
    package static func tidyWebhooks(
        _ webhooks: any WebhookStore,
        olderThan retention: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("tidy webhooks", every: .seconds(60)) {
            try await webhooks.tidy(before: now() - retention, limit: batch) == batch
        }
    }

    /// Forgets incidents that were over long ago, and what checks by the clock found then.
    package static func tidyAlerts(
        _ alerts: any AlertStore,
        olderThan retention: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("tidy alerts", every: .seconds(3600)) {
            try await alerts.tidy(before: now() - retention, limit: batch) == batch
        }
    }

    /// Forgets what was delivered to systems of the shop long ago.
    package static func tidyHooks(
        _ hooks: any HookFeed,
        olderThan retention: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("tidy hooks", every: .seconds(60)) {
            try await hooks.tidy(before: now() - retention, limit: batch) == batch
        }
    }

    /// Makes goals whose day has passed `missed`.
    package static func missOverdueGoals(
        _ progress: any ProgressStore,
        every pause: Duration = .seconds(30),
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("miss overdue goals", every: pause) {
            try await progress.missOverdue(at: now(), limit: batch) == batch
        }
    }
}

/// Does the chores of the store until the hub stops.
package struct Housekeeper: Service {
    private let chores: [Chore]
    private let logger: Logger

    package init(_ chores: [Chore], logger: Logger) {
        self.chores = chores
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for chore in chores { group.addTask { await keep(chore) } }
            }
        }
    }

    private func keep(_ chore: Chore) async {
        while !Task.isCancelled {
            do {
                while try await chore.work() {}
            } catch {
                logger.debug("a chore waits", metadata: ["chore": "\(chore.name)", "error": "\(error)"])
            }
            try? await Task.sleep(for: chore.pause)
        }
    }
}
