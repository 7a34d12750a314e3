/// Where the hub may go on behalf of somebody who typed an address into a page.
///
/// Otherwise the page could be used to reach what only the hub reaches: its own machine, its network, and the address
/// where a cloud tells machines their secrets.
package struct OutboundRules: Sendable, Equatable {
    private enum Reach: Sendable, Equatable {
        case anywhere
        case theInternet(andThese: Set<OutboundPlace>)
    }

    private let reach: Reach

    /// - Parameter allowed: Places that may be private and without TLS, because the operator says so.
    package init(allowed: some Sequence<OutboundPlace> = []) {
        reach = .theInternet(andThese: Set(allowed))
    }

    private init(_ reach: Reach) { self.reach = reach }

    /// For addresses that the operator set.
    package static let ofTheOperator = OutboundRules(.anywhere)

    /// Whether a request may be made without TLS, and to an address that is not public.
    package func isTrusted(_ url: OutboundURL) -> Bool {
        switch reach {
        case .anywhere: true
        case .theInternet(let places):
            places.contains { $0.host == url.host && ($0.port == nil || $0.port == url.port) }
        }
    }

    /// Before the name is looked up.
    package func permits(_ url: OutboundURL) -> Bool {
        isTrusted(url) || url.isSecure && (NetworkAddress(url.host)?.isPublic ?? true)
    }

    /// All that a name leads to has to be public: one that mixes both is out for something else.
    package func permits(_ addresses: [NetworkAddress], of url: OutboundURL) -> Bool {
        isTrusted(url) || addresses.allSatisfy(\.isPublic)
    }
}
