package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Gathers the appends of many rooms into shared transactions.
///
/// As many transactions are in flight as the store commits side by side; what arrives meanwhile forms the next one,
/// and under load a little more (`CommitPace`). So durability costs one sync for all that waited, and a quiet hub
/// commits at once. Each room has at most one
/// request here at a time, which keeps the order within a room and transactions out of each other's way.
package final class GroupCommit: Service {
    package typealias Completion = @Sendable (Result<AppendResult, HubError>) -> Void

    private struct Waiting {
        let request: AppendRequest
        let completion: Completion
    }

    private struct State {
        var waiting: [Waiting] = []
        var inFlight = 0
        /// The last transaction was made: nothing will be taken from `waiting` again.
        var isStopped = false

        /// At least one request, if there is any, and no more drafts than `maxDrafts`.
        mutating func take(_ maxDrafts: Int) -> [Waiting] {
            var drafts = 0
            let count = waiting.prefix { entry in
                defer { drafts += entry.request.drafts.count }
                return drafts < maxDrafts
            }.count
            defer { waiting.removeFirst(count) }
            return Array(waiting.prefix(count))
        }
    }

    private let store: any RoomStore
    private let maxDrafts: Int
    private let maxInFlight: Int
    private let pace: CommitPace
    private let logger: Logger
    private let state = Mutex(State())
    private let measured = Mutex(CommitMeasurements())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - maxDrafts: Drafts in one transaction; bounds how long it holds its locks.
    ///   - maxInFlight: Transactions at a time; more than one only where the store can commit side by side.
    ///   - pace: How long appends are gathered under load.
    package init(
        store: any RoomStore,
        maxDrafts: Int = 2000,
        maxInFlight: Int = 1,
        pace: CommitPace = CommitPace(gather: .milliseconds(5)),
        logger: Logger
    ) {
        self.store = store
        self.maxDrafts = maxDrafts
        self.maxInFlight = maxInFlight
        self.pace = pace
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(maxInFlight))
    }

    /// Queues a request; `completion` is called once, from any thread: with `unavailable` after the shutdown.
    package func submit(_ request: AppendRequest, _ completion: @escaping Completion) {
        let (isTaken, isPlaceFree) = state.withLock { state in
            guard !state.isStopped else { return (false, false) }
            state.waiting.append(Waiting(request: request, completion: completion))
            return (true, state.inFlight < maxInFlight)
        }
        guard isTaken else {
            completion(.failure(.unavailable()))
            return
        }
        // Otherwise a transaction that ends takes it along.
        if isPlaceFree { wakeUp.yield() }
    }

    /// Commits until shutdown, and then what still waits.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { committers in
                for await _ in wakeUps {
                    guard let batch = firstBatch() else { continue }
                    committers.addTask { await self.commit(from: batch) }
                }
            }
            repeat {
                if let batch = firstBatch() { await commit(from: batch) }
            } while !stop()
        } onGracefulShutdown: {
            self.wakeUp.finish()
        }
    }

    /// Commits one batch after the other until nothing waits.
    private func commit(from first: [Waiting]) async {
        var batch = first
        repeat {
            let began = ContinuousClock.now
            await commit(batch)
            let pause = pace.pause(after: batch.count, lasting: .now - began)
            // A task that is cancelled gathers no more.
            if pause > .zero { try? await Task.sleep(for: pause, tolerance: .zero) }
            batch = nextBatch()
        } while !batch.isEmpty
    }

    /// Returns whether nothing came in meanwhile.
    private func stop() -> Bool {
        state.withLock { state in
            state.isStopped = state.waiting.isEmpty
            return state.isStopped
        }
    }

    /// A batch for another transaction beside those in flight; nil when there are enough, or nothing waits.
    private func firstBatch() -> [Waiting]? {
        state.withLock { state in
            guard state.inFlight < maxInFlight, !state.waiting.isEmpty else { return nil }
            state.inFlight += 1
            return state.take(maxDrafts)
        }
    }

    /// What to commit after a transaction has ended; when nothing waits, its place is free.
    private func nextBatch() -> [Waiting] {
        state.withLock { state in
            if state.waiting.isEmpty { state.inFlight -= 1 }
            return state.take(maxDrafts)
        }
    }

    private func commit(_ batch: [Waiting]) async {
        let drafts = batch.reduce(0) { $0 + $1.request.drafts.count }
        let start = ContinuousClock.now
        do {
            let results = try await store.append(batch.map(\.request))
            let duration = ContinuousClock.now - start
            measured.withLock { $0.committed(drafts: drafts, in: duration) }
            for (entry, result) in zip(batch, results) { entry.completion(.success(result)) }
        } catch {
            measured.withLock { $0.failures += 1 }
            let told = HubError(reporting: error, to: logger)
            for entry in batch { entry.completion(.failure(told)) }
        }
    }
}

extension GroupCommit: MetricSource {
    package func families() -> [MetricFamily] {
        let (waiting, inFlight) = state.withLock { ($0.waiting.count, $0.inFlight) }
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
