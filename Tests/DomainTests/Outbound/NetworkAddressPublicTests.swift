import Domain
import Testing

@Suite struct NetworkAddressPublicTests {
    /// Both ends of each range that is not public, and its neighbours on either side.
    @Test(
        arguments: [
            ("0.0.0.0", "0.255.255.255", nil, "1.0.0.0"),
            ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"),
            ("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"),
            ("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"),
            ("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"),
            ("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"),
            ("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
            ("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"),
            ("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"),
            ("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"),
            ("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"),
            ("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"),
            ("224.0.0.0", "255.255.255.255", "223.255.255.255", nil),
            ("168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"),
            ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil, "2000::"),
            ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", "2001:200::"),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::"),
            ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff::", nil),
        ] as [(String, String, String?, String?)])
    func rangesThatAreNotPublicEndWhereTheyShould(_ first: String, _ last: String, _ below: String?, _ above: String?)
        throws
    {
        for text in [first, last] {
            let address = try #require(NetworkAddress(text))
            #expect(!address.isPublic, "\(text)")
        }
        for text in [below, above].compactMap(\.self) {
            let address = try #require(NetworkAddress(text))
            #expect(address.isPublic, "\(text)")
        }
    }

    @Test(arguments: [
        "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.1.2.3", "64:ff9b::169.254.169.254",
        "64:ff9b:1::8.8.8.8", "2002:7f00:1::1", "100.100.100.200", "192.0.0.192", "169.254.169.254",
    ])
    func spellingsDoNotHideAnAddress(_ text: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(!address.isPublic)
    }

    @Test(arguments: [
        "8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "2a00:1450:4001::1", "54.172.60.0",
    ])
    func publicOnesArePublic(_ text: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.isPublic)
    }
}
