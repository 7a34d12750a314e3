package import Domain
package import Logging
import NIOCore
import Synchronization

/// The one place where connections of all event loops are counted.
package final class ConnectionGate: MetricSource {
    private struct State {
        var census: ConnectionCensus
        var told: [ConnectionCensus.Limit: LogThrottle] = [:]
    }

    private let state: Mutex<State>
    private let trustedProxies: TrustedProxies
    private let logger: Logger

    package init(limits: ConnectionLimits, trustedProxies: TrustedProxies, logger: Logger) {
        state = Mutex(State(census: ConnectionCensus(limits: limits)))
        self.trustedProxies = trustedProxies
        self.logger = logger
    }

    package func families() -> [MetricFamily] {
        let count = state.withLock { $0.census.count }
        return [.gauge("hub_connections", "Connections of all kinds, sockets among them.", Double(count))]
    }

    /// The address that a connection counts for; nil for a trusted proxy, whose connections are those of many.
    func counted(_ peer: NetworkAddress?) -> NetworkAddress? {
        guard let peer, !trustedProxies.contains(peer) else { return nil }
        return peer
    }

    func enter(_ address: NetworkAddress?) -> ConnectionCensus.Admission {
        let admission = state.withLock { $0.census.enter(address) }
        switch admission {
        case .welcome: break
        case .httpOnly, .dropped(.all): tell(.all)
        case .tooMany, .dropped(.address): tell(.address)
        }
        return admission
    }

    func leave(_ address: NetworkAddress?) {
        state.withLock { $0.census.leave(address) }
    }

    func claim(_ address: NetworkAddress) -> Bool {
        guard state.withLock({ $0.census.claim(address) }) else {
            tell(.address)
            return false
        }
        return true
    }

    func release(_ address: NetworkAddress) {
        state.withLock { $0.census.release(address) }
    }

    private func tell(_ limit: ConnectionCensus.Limit) {
        let now = NIODeadline.now()
        guard let count = state.withLock({ $0.told[limit, default: LogThrottle()].happened(at: now) }) else { return }
        switch limit {
        case .all:
            logger.warning("all connections are taken", metadata: ["connection.refused": "\(count)"])
        case .address:
            // Behind a proxy that is not trusted, everybody has its address.
            logger.warning(
                "too many connections of one address; if it is a proxy, name it in TRUSTED_PROXIES",
                metadata: ["connection.refused": "\(count)"])
        }
    }
}
