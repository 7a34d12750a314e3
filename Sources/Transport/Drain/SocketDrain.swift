import Actors
import Domain
package import Logging
package import NIOCore
import ServiceLifecycle

/// Says good-bye on shutdown: each socket is told its slot, and is closed with 4200 when that has come.
///
/// Stands after the server in the service group, so that it ends before the server does.
package struct SocketDrain: Service {
    private let lanes: LaneSet
    private let doors: SocketDoors
    private let limit: TimeAmount
    private let perSecond: Int
    private let logger: Logger
    private let began: @Sendable () -> Void

    /// Time between a socket's slot and its closing: a client with another hub to go to leaves by itself.
    private static let grace = TimeAmount.milliseconds(250)
    private static let pollInterval = Duration.milliseconds(20)

    /// - Parameters:
    ///   - limit: The drain takes no longer than this.
    ///   - began: Called first: readiness turns false.
    package init(
        lanes: LaneSet,
        doors: SocketDoors,
        limit: TimeAmount,
        perSecond: Int = 1000,
        logger: Logger,
        began: @escaping @Sendable () -> Void
    ) {
        self.lanes = lanes
        self.doors = doors
        self.limit = limit
        self.perSecond = perSecond
        self.logger = logger
        self.began = began
    }

    package func run() async throws {
        try? await gracefulShutdown()
        began()
        doors.close()
        try await drain()
    }

    private func drain() async throws {
        let counts = try await connectionCounts()
        let total = counts.reduce(0, +)
        guard total > 0 else { return }
        logger.notice("draining sockets", metadata: ["socket.count": "\(total)"])
        let schedule = DrainSchedule(connections: total, perSecond: perSecond, limit: limit)
        var first = 0
        for (lane, count) in zip(lanes.lanes, counts) {
            let start = first
            try await lane.loop.submit { lane.beginDrain(schedule, from: start, limit: limit, grace: Self.grace) }.get()
            first += count
        }
        let deadline = ContinuousClock.now + .nanoseconds(limit.nanoseconds)
        while ContinuousClock.now < deadline, try await connectionCounts().contains(where: { $0 > 0 }) {
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    private func connectionCounts() async throws -> [Int] {
        var counts: [Int] = []
        for lane in lanes.lanes { counts.append(try await lane.loop.submit { lane.connectionCount }.get()) }
        return counts
    }
}

extension LoopLane {
    /// Tells each socket its slot and closes it when that has come. On the loop.
    fileprivate func beginDrain(_ schedule: DrainSchedule, from first: Int, limit: TimeAmount, grace: TimeAmount) {
        for (offset, connection) in state.value.connections.enumerated() {
            let slot = schedule.slot(at: first + offset)
            connection.beginDrain(slot: slot, limit: limit)
            let reference = connection.reference
            loop.scheduleTask(in: min(slot + grace, limit)) { self.post(.close(reference, .drain)) }
        }
        state.value.flushDirty()
    }
}
