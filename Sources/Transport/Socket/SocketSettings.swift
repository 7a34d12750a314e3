package import Actors
package import Domain
package import NIOCore

/// What sockets are given to work with; one for all of them.
package final class SocketSettings: Sendable {
    package let sessions: SessionDirectory
    package let limits: SocketLimits
    package let sessionLimits: SessionLimits
    /// Operations of all sockets of one address on one loop, at once and per second.
    package let addressOperationBurst: Double
    package let addressOperationsPerSecond: Double
    /// Levels of arrays and objects in a frame.
    package let maxJSONDepth: Int
    /// Bytes of log events kept for a socket that takes no more; then the client is told to pull. Also what a loop
    /// gathers for one socket in one turn before it looks whether the socket takes it.
    package let maxOutboundBytes: Int
    /// How long a socket may take nothing before its rooms are pulled instead of pushed.
    package let lagAfter: TimeAmount
    /// How long a socket may take nothing at all before it is closed with 4103.
    package let stalledAfter: TimeAmount
    /// Pace of the wheel for pings and deadlines.
    package let tick: TimeAmount
    package let deflate: DeflatePolicy
    /// Names this process to clients.
    package let node: String
    /// The store's incarnation.
    package let epoch: String
    package let now: @Sendable () -> Timestamp

    package init(
        sessions: SessionDirectory,
        limits: SocketLimits,
        sessionLimits: SessionLimits,
        addressOperationBurst: Double = 1000,
        addressOperationsPerSecond: Double = 200,
        maxJSONDepth: Int = JSONParser.defaultMaxDepth,
        maxOutboundBytes: Int = 256 * 1024,
        lagAfter: TimeAmount = .seconds(2),
        stalledAfter: TimeAmount = .seconds(30),
        tick: TimeAmount = .milliseconds(500),
        deflate: DeflatePolicy,
        node: String,
        epoch: String,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.sessions = sessions
        self.limits = limits
        self.sessionLimits = sessionLimits
        self.addressOperationBurst = addressOperationBurst
        self.addressOperationsPerSecond = addressOperationsPerSecond
        self.maxJSONDepth = maxJSONDepth
        self.maxOutboundBytes = maxOutboundBytes
        self.lagAfter = lagAfter
        self.stalledAfter = stalledAfter
        self.tick = tick
        self.deflate = deflate
        self.node = node
        self.epoch = epoch
        self.now = now
    }
}
