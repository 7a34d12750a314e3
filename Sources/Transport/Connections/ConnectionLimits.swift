/// How many connections there may be, whatever they are: sockets, HTTP, and those that have said nothing yet.
package struct ConnectionLimits: Hashable, Sendable {
    /// Connections in all; a socket beyond them is answered 503.
    package var maxConnections = 16_384

    /// Connections of one address, an IPv6 address counted as its /64; one more is answered 429.
    ///
    /// Offices and mobile carriers put many people behind one address.
    package var maxPerAddress = 256

    package init() {}

    package init(maxConnections: Int, maxPerAddress: Int) {
        self.maxConnections = maxConnections
        self.maxPerAddress = maxPerAddress
    }

    /// Room for HTTP when all connections are taken: probes, long-polls, and refusals that are being told.
    package var margin: Int { min(1024, max(16, maxConnections / 16)) }

    /// Connections beyond this many are closed at once, without an answer.
    package var hardLimit: Int { maxConnections + margin }

    /// Connections of one address beyond this many are closed at once: being refused costs something, too.
    package var hardLimitPerAddress: Int { 2 * maxPerAddress }
}
