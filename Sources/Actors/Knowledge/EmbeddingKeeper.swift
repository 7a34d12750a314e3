package import Domain
package import Logging
import ServiceLifecycle

/// Makes the vectors that are missing or stale, one hub at a time for each article.
///
/// What fails is tried again after a pause that doubles; nothing is given up.
package actor EmbeddingKeeper: Service {
    private let store: any EmbeddingStore
    private let model: Live<(any EmbeddingModel)?>
    private let bell: WakeUps
    /// This hub's name among others.
    private let hub: String
    private let limits: KnowledgeLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    /// Failures in a row that say something of the service, and until when it is left alone.
    private var failures: Int64 = 0
    private var restsUntil = Timestamp(milliseconds: 0)
    private var counts: [String: UInt64] = [:]

    /// - Parameters:
    ///   - model: Nil while none is set up: then articles wait.
    ///   - bell: Rung when an article was written.
    package init(
        _ store: any EmbeddingStore,
        model: Live<(any EmbeddingModel)?>,
        bell: WakeUps,
        hub: String,
        limits: KnowledgeLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.model = model
        self.bell = bell
        self.hub = hub
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    /// The model was replaced: how the one before it failed does not count.
    package func renewed() {
        failures = 0
        restsUntil = Timestamp(milliseconds: 0)
        bell.wake()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    private func work() async {
        let (bell, interval) = (bell, limits.interval)
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
                    while try await embedSome() {}
                } catch {
                    logger.debug("articles wait for the store", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Takes some articles and embeds them; false when there are none, or the service rests.
    package func embedSome() async throws -> Bool {
        guard !Task.isCancelled, now() >= restsUntil, let model = model.now else { return false }
        let tasks = try await store.claim(
            for: model.name, by: hub, at: now(), until: now() + limits.lease, limit: limits.batch)
        guard !tasks.isEmpty else { return false }
        try await embed(tasks, with: model)
        return true
    }

    private func embed(_ tasks: [EmbeddingTask], with model: any EmbeddingModel) async throws {
        let vectors: [EmbeddingVector]
        do {
            vectors = try await model.vectors(of: tasks.flatMap(\.texts))
        } catch let failure as CompletionFailure {
            // One text that the model does not take must not hold up the others.
            guard tasks.count > 1, !failure.isOfService, !failure.isTransient, failure.kind != .resting else {
                return try await putOff(tasks, failure)
            }
            for task in tasks { try await embed([task], with: model) }
            return
        }
        failures = 0
        var rest = vectors[...]
        for task in tasks {
            let mine = Array(rest.prefix(task.passages.count))
            rest = rest.dropFirst(task.passages.count)
            let isKept = try await store.keep(mine, of: task, model: model.name, by: hub)
            counts[isKept ? "embedded" : "outdated", default: 0] += 1
        }
    }

    private func putOff(_ tasks: [EmbeddingTask], _ failure: CompletionFailure) async throws {
        let asked = failure.retryAfter ?? .zero
        if failure.isOfService || failure.isTransient || failure.kind == .resting {
            restsUntil = now() + max(asked, limits.pause(afterFailures: failures))
            failures += 1
        }
        for task in tasks {
            let pause = max(asked, limits.pause(afterFailures: task.failures))
            try await store.putOff(task, by: hub, until: now() + pause, problem: failure.kind.name)
            counts["failed", default: 0] += 1
        }
    }
}

extension EmbeddingKeeper: MetricSource {
    package func families() async -> [MetricFamily] {
        [
            .counter(
                "hub_knowledge_embeddings_total", "Articles for which vectors were asked, by how that ended.",
                counts.sorted { $0.key < $1.key }.map { ([MetricFamily.Label("outcome", $0.key)], Double($0.value)) })
        ]
    }
}
