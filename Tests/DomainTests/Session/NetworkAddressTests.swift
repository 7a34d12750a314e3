import Domain
import Testing

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        ("::1", "0:0:0:0:0:0:0:1"), ("::", "0:0:0:0:0:0:0:0"), ("1::", "1:0:0:0:0:0:0:0"),
        ("2001:db8::8:800:200c:417a", "2001:0DB8:0:0:8:800:200C:417A"), ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::ffff:a00:1", "10.0.0.1"), ("fe80::1%eth0", "fe80::1"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ])
    func spellingsOfOneAddressAreEqual(one: String, other: String) throws {
        let address = try #require(NetworkAddress(one))
        #expect(address == NetworkAddress(other))
    }

    @Test(arguments: [
        "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.+4", "01.2.3.4", "1.2.3.4 ", "1..3.4",
        ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
        "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", ":1", "1:", "+1::", "unknown", "١.٢.٣.٤", "[::1]",
    ])
    func otherTextsAreNoAddresses(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("0.0.0.0/0", "203.0.113.7", true), ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1/32", "::ffff:192.0.2.1", true),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("::1/128", "::1", true), ("172.16.0.0/12", "172.31.255.1", true), ("172.16.0.0/12", "172.32.0.0", false),
    ])
    func rangeContains(range: String, address: String, expected: Bool) throws {
        let range = try #require(NetworkRange(range))
        #expect(range.contains(try #require(NetworkAddress(address))) == expected)
    }

    @Test(arguments: ["10.0.0.1/8", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "/8", "x/8"])
    func otherTextsAreNoRanges(text: String) {
        #expect(NetworkRange(text) == nil)
    }
}
