package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Gathers the appends of many rooms into shared transactions.
///
/// One transaction is in flight; what arrives meanwhile forms the next one. So durability costs one sync for
/// all that waited, and a quiet hub commits at once. Each room has at most one request here at a time, which
/// keeps the order within a room.
package final class GroupCommit: Service {
    package typealias Completion = @Sendable (Result<AppendResult, HubError>) -> Void

    private struct Waiting {
        let request: AppendRequest
        let completion: Completion
    }

    private struct State {
        var waiting: [Waiting] = []
        /// The last transaction was made: nothing will be taken from `waiting` again.
        var isStopped = false
    }

    private let store: any RoomStore
    private let maxDrafts: Int
    private let logger: Logger
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    /// - Parameter maxDrafts: Drafts in one transaction; bounds how long it holds its locks.
    package init(store: any RoomStore, maxDrafts: Int = 2000, logger: Logger) {
        self.store = store
        self.maxDrafts = maxDrafts
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Queues a request; `completion` is called once, from any thread: with `unavailable` after the shutdown.
    package func submit(_ request: AppendRequest, _ completion: @escaping Completion) {
        let isTaken = state.withLock { state in
            guard !state.isStopped else { return false }
            state.waiting.append(Waiting(request: request, completion: completion))
            return true
        }
        guard isTaken else {
            completion(.failure(.unavailable()))
            return
        }
        wakeUp.yield()
    }

    /// Commits until shutdown, and then what still waits.
    package func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in wakeUps { await drain() }
            repeat { await drain() } while !stop()
        } onGracefulShutdown: {
            self.wakeUp.finish()
        }
    }

    private func drain() async {
        while true {
            let batch = nextBatch()
            guard !batch.isEmpty else { return }
            await commit(batch)
        }
    }

    /// Returns whether nothing came in meanwhile.
    private func stop() -> Bool {
        state.withLock { state in
            state.isStopped = state.waiting.isEmpty
            return state.isStopped
        }
    }

    private func nextBatch() -> [Waiting] {
        state.withLock { state in
            var drafts = 0
            let count = state.waiting.prefix { entry in
                defer { drafts += entry.request.drafts.count }
                return drafts < maxDrafts
            }.count
            let batch = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            return batch
        }
    }

    private func commit(_ batch: [Waiting]) async {
        do {
            let results = try await store.append(batch.map(\.request))
            for (entry, result) in zip(batch, results) { entry.completion(.success(result)) }
        } catch {
            let told = HubError(reporting: error, to: logger)
            for entry in batch { entry.completion(.failure(told)) }
        }
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
