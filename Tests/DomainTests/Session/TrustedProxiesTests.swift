import Domain
import Testing

@Suite struct TrustedProxiesTests {
    private let proxies = TrustedProxies(["10.0.0.0/8", "2001:db8:ffff::/48"].compactMap(NetworkRange.init))

    @Test(arguments: [
        // A stranger's word counts for nothing.
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("203.0.113.9", [], "203.0.113.9"),
        // A proxy's word counts, and what the client wrote before it does not.
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        // Several proxies.
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.3 ,10.0.0.2"], "198.51.100.1"),
        ("2001:db8:ffff::1", ["198.51.100.1, 10.1.1.1"], "198.51.100.1"),
        // All hops are ours: the farthest.
        ("10.0.0.1", ["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        // Nonsense ends the walk.
        ("10.0.0.1", ["198.51.100.1, unknown, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1,"], "10.0.0.1"),
        // Ports and brackets.
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("10.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["\t198.51.100.1 "], "198.51.100.1"),
    ])
    func clientIsTheLastUntrustedHop(peer: String, header: [String], expected: String) throws {
        let peer = try #require(NetworkAddress(peer))
        #expect(proxies.client(peer: peer, forwardedFor: header) == NetworkAddress(expected))
    }

    @Test func withoutProxiesThePeerIsTheClient() throws {
        let peer = try #require(NetworkAddress("127.0.0.1"))
        #expect(TrustedProxies([]).client(peer: peer, forwardedFor: ["198.51.100.1"]) == peer)
    }
}
