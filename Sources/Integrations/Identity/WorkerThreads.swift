import Dispatch
import Domain
import Foundation
import Synchronization

/// A few threads of their own for work that computes long.
///
/// Such work on the shared pool or an event loop would stop everybody's messages. At most `count` jobs run at
/// once and `maxWaiting` wait, first come first served; one more throws `busy`.
final class WorkerThreads: Sendable {
    private let queue: JobQueue
    private let count: Int

    init(count: Int, maxWaiting: Int, name: String) {
        self.count = count
        let queue = JobQueue(capacity: count + maxWaiting)
        self.queue = queue
        for _ in 0..<count {
            let thread = Thread { queue.work() }
            thread.name = name
            thread.start()
        }
    }

    deinit {
        queue.end(threads: count)
    }

    func run<Value: Sendable>(_ job: @escaping @Sendable () -> Value) async throws(HubError) -> Value {
        let value: Value? = await withCheckedContinuation { continuation in
            let isTaken = queue.offer { continuation.resume(returning: job()) }
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let value else {
            throw .busy("Too many sign-ins at the same moment. Try again shortly.", retryAfter: .seconds(1))
        }
        return value
    }
}

/// What the threads share; it outlives `WorkerThreads` until the last job is done.
private final class JobQueue: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var running = 0
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let wakeUps = DispatchSemaphore(value: 0)

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// False when full.
    func offer(_ job: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = state.withLock { state in
            guard state.waiting.count + state.running < capacity else { return false }
            state.waiting.append(job)
            return true
        }
        if isTaken { wakeUps.signal() }
        return isTaken
    }

    /// The life of one thread: each wake-up is a job, or the end when there is none.
    func work() {
        while true {
            wakeUps.wait()
            let job = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.waiting.isEmpty else { return nil }
                state.running += 1
                return state.waiting.removeFirst()
            }
            guard let job else { return }
            job()
            state.withLock { $0.running -= 1 }
        }
    }

    func end(threads: Int) {
        for _ in 0..<threads { wakeUps.signal() }
    }
}
