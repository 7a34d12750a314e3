import Actors
import Domain
package import NIOCore
import Synchronization

/// One lane for each event loop.
package final class LaneSet: Sendable {
    package let lanes: [LoopLane]
    private let byLoop: [ObjectIdentifier: LoopLane]
    private let connections = Atomic<UInt64>(0)
    private let maxConnections: Int

    package init(group: any EventLoopGroup, settings: SocketSettings) {
        lanes = group.makeIterator().map { LoopLane(loop: $0, settings: settings) }
        maxConnections = settings.maxConnections
        byLoop = Dictionary(uniqueKeysWithValues: lanes.map { (ObjectIdentifier($0.loop), $0) })
    }

    package func startClocks() {
        for lane in lanes { lane.startClock() }
    }

    func lane(of loop: any EventLoop) -> LoopLane {
        guard let lane = byLoop[ObjectIdentifier(loop)] else {
            preconditionFailure("the server runs on the group that the lanes were made for")
        }
        return lane
    }

    /// Whether another socket would be one too many.
    var isFull: Bool {
        lanes.reduce(0) { $0 + $1.openSockets.load(ordering: .relaxed) } >= maxConnections
    }

    func nextConnectionID() -> ConnectionID {
        ConnectionID(connections.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
