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

    package init(origins: OriginPolicy, deflate: DeflatePolicy, limits: SocketLimits, trustedProxies: TrustedProxies) {
        self.trustedProxies = trustedProxies
        self.limits = limits
        handshake = Handshake(origins: origins, deflate: deflate)
    }

    /// From now on every handshake is answered 503: the hub is about to stop.
    package func close() {
        isClosed.store(true, ordering: .releasing)
    }

    /// - Parameter isFull: Whether the hub has no room for another socket.
    func decide(_ head: RequestHead, peer: NetworkAddress?, isFull: Bool) -> Decision {
        guard !isClosed.load(ordering: .acquiring), !isFull else { return .refuse(.unavailable(retryAfterSeconds: 1)) }
        switch handshake.decide(head) {
        case .refuse(let refusal): return .refuse(refusal)
        case .accept(let acceptance):
            let address = peer.map {
                trustedProxies.client(peer: $0, forwardedFor: head.values(of: "x-forwarded-for"))
            }
            return .accept(acceptance, head.path == Self.staffPath ? .staff : .visitor, address)
        }
    }
}
