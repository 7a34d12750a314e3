import Actors
import Domain
import NIOCore
import Synchronization

/// An event loop for rooms to live on.
final class TestLane: ExecutionLane {
    private let loop: any EventLoop
    let executor: any SerialExecutor

    init(_ loop: any EventLoop) {
        self.loop = loop
        executor = loop.executor
    }

    var isCurrent: Bool { loop.inEventLoop }

    func execute(_ work: @escaping @Sendable () -> Void) {
        loop.execute(work)
    }

    func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        loop.scheduleTask(in: .milliseconds(delay.milliseconds), work)
    }
}

/// A clock that tests move.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_790_000_000_000)

    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

    func advance(_ duration: Duration) {
        milliseconds.withLock { $0 += duration.milliseconds }
    }
}

/// Off until it is turned on.
final class Switch: Sendable {
    private let flag = Atomic(false)

    var isOn: Bool { flag.load(ordering: .acquiring) }

    func turnOn() {
        flag.store(true, ordering: .releasing)
    }
}
