package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Gathers the appends of many rooms into shared transactions.
///
/// As many transactions are in flight as the store commits side by side; what arrives meanwhile forms the next one,
/// and under load a little more (`CommitPace`). So durability costs one sync for all that waited, and a quiet hub
/// commits at once. Each room has at most one request here at a time, which keeps the order within a room and
/// transactions out of each other's way.
package final class GroupCommit: Service {
    package typealias Completion = @Sendable (Result<AppendResult, HubError>) -> Void

    private typealias Queue = CommitQueue<ContinuousClock.Instant>

    private let store: any RoomStore
    private let pace: CommitPace
    private let committed: @Sendable ([AppendResult]) -> Void
    private let logger: Logger
    private let queue: Mutex<Queue>
    private let measured = Mutex(CommitMeasurements())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - maxDrafts: Drafts in one transaction; bounds how long it holds its locks.
    ///   - maxInFlight: Transactions at a time; more than one only where the store can commit side by side.
    ///   - pace: How long appends are gathered under load.
    ///   - committed: Told of each transaction after its commit; must not wait.
    package init(
        store: any RoomStore,
        maxDrafts: Int = 2000,
        maxInFlight: Int = 1,
        pace: CommitPace = CommitPace(gather: .milliseconds(5)),
        committed: @escaping @Sendable ([AppendResult]) -> Void = { _ in },
        logger: Logger
    ) {
        self.store = store
        self.pace = pace
        self.committed = committed
        self.logger = logger
        queue = Mutex(Queue(pace: pace, maxDrafts: maxDrafts, maxInFlight: maxInFlight, now: .now))
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(maxInFlight))
    }

    /// Queues a request; `completion` is called once, from any thread: with `unavailable` after the shutdown.
    package func submit(_ request: AppendRequest, _ completion: @escaping Completion) {
        switch queue.withLock({ $0.add(.init(request: request, completion: completion)) }) {
        case true?: wakeUp.yield()
        case false?: break
        case nil: completion(.failure(.unavailable()))
        }
    }

    /// Commits until shutdown, and then what still waits.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { committers in
                for await _ in wakeUps {
                    let step = next(at: .now)
                    if case .rest = step { continue }
                    committers.addTask { await self.work(step) }
                }
            }
            repeat {
                await work(next(at: .now + pace.gather))
            } while !queue.withLock { $0.stop() }
        } onGracefulShutdown: {
            self.wakeUp.finish()
        }
    }

    /// Goes on until there is nothing to do for it.
    private func work(_ first: Queue.Step) async {
        var step = first
        while true {
            switch step {
            case .begin(let batch):
                await commit(batch)
                step = queue.withLock { queue in
                    queue.end()
                    return queue.next(at: .now)
                }
            case .wait(let moment):
                // A task that is cancelled gathers no more.
                try? await Task.sleep(until: moment, tolerance: .zero)
                step = next(at: moment)
            case .rest:
                return
            }
        }
    }

    private func next(at now: ContinuousClock.Instant) -> Queue.Step {
        queue.withLock { $0.next(at: now) }
    }

    private func commit(_ batch: [Queue.Entry]) async {
        let drafts = batch.reduce(0) { $0 + $1.request.drafts.count }
        let start = ContinuousClock.now
        do {
            let results = try await store.append(batch.map(\.request))
            let duration = ContinuousClock.now - start
            measured.withLock { $0.committed(drafts: drafts, in: duration) }
            for (entry, result) in zip(batch, results) { entry.completion(.success(result)) }
            committed(results)
        } catch {
            measured.withLock { $0.failures += 1 }
            let told = HubError(reporting: error, to: logger)
            for entry in batch { entry.completion(.failure(told)) }
        }
    }
}

extension GroupCommit: MetricSource {
    package func families() -> [MetricFamily] {
        let (waiting, inFlight) = queue.withLock { ($0.waiting.count, $0.inFlight) }
        return measured.withLock { $0 }.families + [
            .gauge("hub_commit_waiting", "Appends that wait for a transaction.", Double(waiting)),
            .gauge("hub_commits_in_flight", "Transactions under way.", Double(inFlight)),
        ]
    }
}

extension HubError {
    /// The error to tell a client: what is no `HubError` is logged and becomes `internal`.
    init(reporting error: any Error, to logger: Logger) {
        if let known = error as? HubError {
            self = known
            return
        }
        logger.error("unexpected error", metadata: ["error": "\(error)"])
        self.init(.internal, "something went wrong in the hub; it was logged")
    }
}
