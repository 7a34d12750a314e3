import Dispatch
import Foundation
import Synchronization

/// A thread that runs the jobs of the actors pinned to it, in order.
///
/// For work that blocks: it never takes a thread of the shared pool or of an event loop. The thread ends when the
/// last of its actors is gone.
final class DedicatedThread: SerialExecutor {
    private let jobs = JobQueue()

    init(name: String) {
        let executor = asUnownedSerialExecutor()
        let isStarted = DispatchSemaphore(value: 0)
        // The unowned reference is good for every job: a job holds its actor, and the actor holds this object.
        let thread = Thread { [jobs] in
            // Before that the setter does nothing. Linux cuts names after 15 bytes.
            isStarted.wait()
            Thread.current.name = name
            while let job = jobs.next() { job.runSynchronously(on: executor) }
        }
        thread.start()
        isStarted.signal()
    }

    deinit {
        jobs.end()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(UnownedJob(job))
    }
}

/// Jobs waiting for their thread, first in, first out.
private final class JobQueue: Sendable {
    private struct State {
        var waiting: [UnownedJob] = []
        /// Jobs of `waiting` that were taken already.
        var taken = 0
        var isEnded = false
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)

    func add(_ job: UnownedJob) {
        state.withLock { $0.waiting.append(job) }
        signal.signal()
    }

    func end() {
        state.withLock { $0.isEnded = true }
        signal.signal()
    }

    /// Waits for a job; nil once the queue has ended and is empty.
    func next() -> UnownedJob? {
        while true {
            signal.wait()
            let (job, isOver) = state.withLock { state -> (UnownedJob?, Bool) in
                guard state.taken < state.waiting.count else { return (nil, state.isEnded) }
                let job = state.waiting[state.taken]
                state.taken += 1
                if state.taken == state.waiting.count {
                    state.waiting.removeAll(keepingCapacity: true)
                    state.taken = 0
                }
                return (job, false)
            }
            if let job { return job }
            if isOver { return nil }
        }
    }
}
