/// The proxies in front of the hub whose word on a client's address is believed.
package struct TrustedProxies: Sendable, Equatable {
    private let ranges: [NetworkRange]

    package init(_ ranges: [NetworkRange]) {
        self.ranges = ranges
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// Who is at the other end: the last hop that is no trusted proxy.
    ///
    /// Each proxy appends the address it was reached from, so `X-Forwarded-For` is read from its end; what stands
    /// before the first stranger was written by that stranger and counts for nothing.
    ///
    /// - Parameters:
    ///   - peer: Where the connection comes from.
    ///   - forwardedFor: The values of all `X-Forwarded-For` fields, in their order.
    package func client(peer: NetworkAddress, forwardedFor: [String]) -> NetworkAddress {
        guard contains(peer) else { return peer }
        var client = peer
        let hops = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for hop in hops.reversed() {
            guard let address = Self.address(ofHop: hop) else { return client }
            client = address
            guard contains(address) else { return address }
        }
        return client
    }

    /// Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
    private static func address(ofHop hop: Substring) -> NetworkAddress? {
        let text = hop.trimmingSpaces
        if text.first == "[" {
            return text.firstIndex(of: "]").flatMap { NetworkAddress(String(text[..<$0].dropFirst())) }
        }
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        return NetworkAddress(String(colons == 1 ? text.prefix { $0 != ":" } : text))
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        return start.lastIndex { $0 != " " && $0 != "\t" }.map { start[...$0] } ?? start[start.endIndex...]
    }
}
