package import NIOCore

/// Spreads the farewell of many sockets, so that they do not all come back in the same moment.
package struct DrainSchedule: Sendable, Equatable {
    /// Until every slot has come.
    package let window: TimeAmount
    private let connections: Int

    /// - Parameters:
    ///   - perSecond: Sockets that may leave in one second.
    ///   - limit: The hard limit of the whole drain; slots end at three quarters of it.
    package init(connections: Int, perSecond: Int, limit: TimeAmount) {
        self.connections = connections
        let wanted = TimeAmount.milliseconds(Int64(connections) * 1000 / Int64(max(1, perSecond)))
        window = min(wanted, .nanoseconds(limit.nanoseconds / 4 * 3))
    }

    /// When the socket at `place` is to leave, counted from the start of the drain.
    package func slot(at place: Int) -> TimeAmount {
        guard connections > 1 else { return .zero }
        return .nanoseconds(window.nanoseconds / Int64(connections - 1) * Int64(place))
    }
}
