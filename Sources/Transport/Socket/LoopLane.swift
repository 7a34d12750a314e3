package import Actors
import Domain
package import NIOCore
import Synchronization
import Wire

/// The sockets of one event loop: takes what rooms and sessions post and hands it to the connections.
///
/// Whatever is posted in one turn is handled together at the end of it: one hop to the loop however many rooms
/// speak, and one write per socket however many events it is owed.
package final class LoopLane: ConnectionLane, ExecutionLane {
    private struct Mailbox {
        var messages: [LaneMessage] = []
        var isScheduled = false
    }

    package let loop: any EventLoop
    package let executor: any SerialExecutor
    private let mailbox = Mutex(Mailbox())
    /// Loop-bound state; only touched on `loop`.
    let state: NIOLoopBoundBox<LaneState>
    let settings: SocketSettings

    package init(loop: any EventLoop, settings: SocketSettings) {
        self.loop = loop
        executor = loop.executor
        self.settings = settings
        state = .makeBoxSendingValue(LaneState(settings: settings), eventLoop: loop)
    }

    // MARK: ExecutionLane

    package var isCurrent: Bool { loop.inEventLoop }

    package func execute(_ work: @escaping @Sendable () -> Void) {
        loop.execute(work)
    }

    package func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        loop.scheduleTask(in: .milliseconds(delay.milliseconds), work)
    }

    // MARK: ConnectionLane

    package func post(_ message: LaneMessage) {
        let mustSchedule = mailbox.withLock { mailbox in
            mailbox.messages.append(message)
            defer { mailbox.isScheduled = true }
            return !mailbox.isScheduled
        }
        if mustSchedule { loop.execute { self.handleMail() } }
    }

    private func handleMail() {
        let messages = mailbox.withLock { mailbox in
            mailbox.isScheduled = false
            defer { mailbox.messages = [] }
            return mailbox.messages
        }
        let state = state.value
        for message in messages { state.handle(message) }
        state.flushDirty()
    }

    /// Pings, deadlines and stalls of all connections: one wheel per loop, no timer per connection.
    package func startClock() {
        loop.scheduleRepeatedTask(initialDelay: settings.tick, delay: settings.tick) { _ in
            self.state.value.tick()
        }
    }

    /// What is measured of it; to be called on the loop.
    var sums: (traffic: LaneTraffic, sockets: Int, mail: Int) {
        (state.value.traffic, state.value.count, mailbox.withLock { $0.messages.count })
    }

    /// Connections now; to be called on the loop.
    var connectionCount: Int { state.value.count }
}
