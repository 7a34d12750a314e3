/// Which addresses the internet leads to (IANA special-purpose address registries, RFC 6890).
extension NetworkAddress {
    /// Whether it belongs to a host that anybody may reach: not to this machine, this network or a cloud's own
    /// services.
    package var isPublic: Bool {
        if isVersion4 { return !Self.notPublic4.contains { $0.contains(self) } }
        // A translator stands between: what counts is where it leads (RFC 6052).
        if Self.translated.contains(where: { $0.contains(self) }) {
            return NetworkAddress(bits: Self.mappedPrefix | bits & 0xFFFF_FFFF).isPublic
        }
        return Self.global6.contains { $0.contains(self) } && !Self.notPublic6.contains { $0.contains(self) }
    }

    private static let notPublic4 = ranges([
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        // Azure's host, which tells machines their secrets from a public address.
        "168.63.129.16",
    ])

    /// All else in IPv6 is loopback, link-local, unique-local, multicast or given to nobody.
    private static let global6 = ranges(["2000::/3"])

    /// Teredo and its neighbours, documentation, and 6to4, which hides an IPv4 address.
    private static let notPublic6 = ranges(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"])

    private static let translated = ranges(["64:ff9b::/96"])

    private static func ranges(_ texts: [String]) -> [NetworkRange] { texts.compactMap { NetworkRange($0) } }
}
