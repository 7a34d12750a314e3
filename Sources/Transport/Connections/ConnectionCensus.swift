package import Domain

/// Counts connections in all and by address, and says what one more may do.
///
/// Every connection that enters leaves once, unless it was dropped. Behind a trusted proxy the address of a connection
/// is the proxy's, which says nothing: it enters without one, and its socket is claimed for the client's address.
package struct ConnectionCensus: Sendable {
    package enum Admission: Hashable, Sendable {
        case welcome
        /// All connections are taken: HTTP is served, a socket is answered 503.
        case httpOnly
        /// Too many of one address: whatever it asks is answered 429.
        case tooMany
        /// Closed at once and not counted.
        case dropped(Limit)
    }

    package enum Limit: Hashable, Sendable {
        case all
        case address
    }

    private let limits: ConnectionLimits
    private(set) var count = 0
    private var byNetwork: [NetworkAddress: Int] = [:]

    package init(limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Counts a connection, and its address if that is known.
    package mutating func enter(_ address: NetworkAddress?) -> Admission {
        guard count < limits.hardLimit else { return .dropped(.all) }
        let sameNetwork = address.map { byNetwork[$0.network, default: 0] + 1 } ?? 0
        guard sameNetwork <= limits.hardLimitPerAddress else { return .dropped(.address) }
        count += 1
        if let address { byNetwork[address.network] = sameNetwork }
        if sameNetwork > limits.maxPerAddress { return .tooMany }
        return count > limits.maxConnections ? .httpOnly : .welcome
    }

    package mutating func leave(_ address: NetworkAddress?) {
        count -= 1
        if let address { release(address) }
    }

    /// Counts a socket that came through a proxy against its client's address; false when that has enough.
    package mutating func claim(_ address: NetworkAddress) -> Bool {
        let sameNetwork = byNetwork[address.network, default: 0] + 1
        guard sameNetwork <= limits.maxPerAddress else { return false }
        byNetwork[address.network] = sameNetwork
        return true
    }

    package mutating func release(_ address: NetworkAddress) {
        guard let sameNetwork = byNetwork[address.network] else { return }
        byNetwork[address.network] = sameNetwork > 1 ? sameNetwork - 1 : nil
    }

    /// Addresses that have a connection.
    var networks: Int { byNetwork.count }
}
