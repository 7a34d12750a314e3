import Actors
import Domain
package import NIOCore
import Synchronization

/// One lane for each event loop.
package final class LaneSet: Sendable {
    package let lanes: [LoopLane]
    private let byLoop: [ObjectIdentifier: LoopLane]
    private let connections = Atomic<UInt64>(0)

    package init(group: any EventLoopGroup, settings: SocketSettings) {
        lanes = group.makeIterator().map { LoopLane(loop: $0, settings: settings) }
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

    func nextConnectionID() -> ConnectionID {
        ConnectionID(connections.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
