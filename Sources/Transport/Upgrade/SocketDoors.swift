import Actors
package import Domain
import NIOCore
import Synchronization

/// The two socket endpoints and who is let through.
package final class SocketDoors: Sendable {
    package static let visitorPath = "/api/v1/chat/ws/public"
    package static let staffPath = "/api/v1/chat/ws"

    enum Decision {
        case accept(Handshake.Acceptance, Entrance, NetworkAddress?)
        case refuse(UpgradeRefusal)
    }

    let limits: SocketLimits
    let paths = [SocketDoors.visitorPath, SocketDoors.staffPath]
    private let handshake: Handshake
    private let trustedProxies: TrustedProxies
    private let isClosed = Atomic(false)
    private let maxOwnStreams: Int
    private let ownStreams = Atomic(0)

    package init(origins: OriginPolicy, deflate: DeflatePolicy, limits: SocketLimits, trustedProxies: TrustedProxies) {
        self.trustedProxies = trustedProxies
        self.limits = limits
        maxOwnStreams = deflate.maxOwnStreams
        handshake = Handshake(origins: origins, deflate: deflate)
    }

    /// From now on every handshake is answered 503: the hub is about to stop.
    package func close() {
        isClosed.store(true, ordering: .releasing)
    }

    /// Counts a connection with zlib streams of its own until `end`.
    func countOwnStream(until end: EventLoopFuture<Void>) {
        ownStreams.wrappingAdd(1, ordering: .relaxed)
        end.whenComplete { _ in self.ownStreams.wrappingSubtract(1, ordering: .relaxed) }
    }

    /// - Parameter isFull: Whether the hub has no room for another socket.
    func decide(_ head: RequestHead, peer: NetworkAddress?, isFull: Bool) -> Decision {
        guard !isClosed.load(ordering: .acquiring), !isFull else { return .refuse(.unavailable(retryAfterSeconds: 1)) }
        // Event loops decide at the same time: there may be one more stream for each of them.
        let hasMemory = ownStreams.load(ordering: .relaxed) < maxOwnStreams
        switch handshake.decide(head, mayTakeContextOver: hasMemory) {
        case .refuse(let refusal): return .refuse(refusal)
        case .accept(let acceptance):
            let address = peer.map {
                trustedProxies.client(peer: $0, forwardedFor: head.values(of: "x-forwarded-for"))
            }
            return .accept(acceptance, head.path == Self.staffPath ? .staff : .visitor, address)
        }
    }
}
