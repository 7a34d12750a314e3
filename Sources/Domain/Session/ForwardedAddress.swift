/// Finds the address of a client that came through proxies.
package enum ForwardedAddress {
    /// The address nearest to the hub that is no trusted proxy.
    ///
    /// `X-Forwarded-For` is read from its end, where the proxies we trust have written; what stands before the
    /// first address that is not trusted was written by anybody. Without a trusted peer the header counts nothing.
    ///
    /// - Parameters:
    ///   - peer: The address of the TCP connection.
    ///   - forwarded: The values of all `X-Forwarded-For` fields, in their order.
    ///   - isTrusted: Whether an address is one of our proxies.
    package static func client(
        peer: String,
        forwarded: [String],
        isTrusted: (String) -> Bool
    ) -> String {
        guard isTrusted(peer) else { return peer }
        let hops = forwarded.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        var nearest = peer
        for hop in hops.reversed() {
            let address = bare(hop)
            guard !address.isEmpty else { return nearest }
            nearest = address
            guard isTrusted(address) else { return nearest }
        }
        return nearest
    }

    /// Without white space, brackets and port.
    private static func bare(_ hop: Substring) -> String {
        var text = hop.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        if text.first == "[" { return String(text.dropFirst().prefix { $0 != "]" }) }
        // One colon is a port; more are an IPv6 address.
        guard text.filter({ $0 == ":" }).count == 1 else { return String(text) }
        return String(text.prefix { $0 != ":" })
    }
}
