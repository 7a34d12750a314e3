/// A range of addresses in CIDR notation (RFC 4632); one address is a range of one.
package struct NetworkRange: Sendable, Hashable {
    private let network: UInt128
    private let mask: UInt128

    /// Reads `10.0.0.0/8`, `2001:db8::/32` or an address; nil also when bits beyond the prefix are set.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = NetworkAddress(String(first)) else { return nil }
        let isVersion4 = !first.utf8.contains(UInt8(ascii: ":"))
        let width = isVersion4 ? 32 : 128
        var prefix = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]), number <= width else {
                return nil
            }
            prefix = number
        }
        let hostBits = width - prefix
        mask = hostBits == 128 ? 0 : UInt128.max << UInt128(hostBits)
        network = address.bits
        guard network & mask == network else { return nil }
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        address.bits & mask == network
    }
}
