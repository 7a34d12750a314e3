import Domain
import Testing

@Suite struct OutboundRulesTests {
    @Test(arguments: [
        ("https://API.twilio.com", "https://api.twilio.com/", 443),
        ("https://api.twilio.com:443/a?b=c", "https://api.twilio.com/a?b=c", 443),
        ("http://127.0.0.1:8095/x", "http://127.0.0.1:8095/x", 8095),
        ("https://[2001:DB8::1]:8443/x%20y", "https://[2001:db8::1]:8443/x%20y", 8443),
        ("https://h?q=1", "https://h/?q=1", 443),
    ])
    func anAddressIsTakenApart(_ text: String, _ whole: String, _ port: Int) throws {
        let url = try #require(OutboundURL(text))
        #expect(url.text == whole && url.port == port)
    }

    @Test(arguments: [
        "", "ftp://h", "https://", "https:///x", "h/x", "https://u@h", "https://u:p@h", "https://h#f", "https://h/a b",
        "https://h/\r\nX: y", "https://متجر.example", "https://h:0", "https://h:99999", "https://h:", "https://[::1",
        "https://[::1%25eth0]", "https://127.1", "https://0x7f000001", "https://2130706433", "https://010.0.0.1",
        "https://h\\@evil", "https://a..b", "javascript://h",
    ])
    func whatTwoReadersCouldReadDifferentlyIsNoAddress(_ text: String) {
        #expect(OutboundURL(text) == nil)
    }

    @Test func aPathIsPutBehindOne() throws {
        let url = try #require(OutboundURL("https://h/v1/"))
        #expect(url.appending("/a").text == "https://h/v1/a" && url.appending("a?b").text == "https://h/v1/a?b")
    }

    @Test func onlyTheInternetIsReachedAndOnlyWithTLS() throws {
        let rules = OutboundRules()
        let permitted = [
            "https://api.example.com": true, "https://8.8.8.8": true, "http://api.example.com": false,
            "https://127.0.0.1": false, "https://[::1]": false, "https://[::ffff:10.0.0.1]": false,
            "https://localhost": true,
        ]
        for (text, isPermitted) in permitted {
            let url = try #require(OutboundURL(text))
            #expect(rules.permits(url) == isPermitted, "\(text)")
        }
        let url = try #require(OutboundURL("https://localhost"))
        let (good, bad) = (try #require(NetworkAddress("8.8.8.8")), try #require(NetworkAddress("127.0.0.1")))
        #expect(rules.permits([good], of: url) && !rules.permits([bad], of: url))
        #expect(!rules.permits([good, bad], of: url))
    }

    @Test func theOperatorAllowsPlacesByHostAndPort() throws {
        let places = try ["127.0.0.1:8095", "Fakes.internal"].map { try #require(OutboundPlace($0)) }
        let rules = OutboundRules(allowed: places)
        let trusted = [
            "http://127.0.0.1:8095/x": true, "http://127.0.0.1:8096": false, "https://fakes.internal": true,
            "http://fakes.internal:81": true, "http://fakes.internal.evil.example": false,
        ]
        for (text, isTrusted) in trusted {
            let url = try #require(OutboundURL(text))
            #expect(rules.isTrusted(url) == isTrusted, "\(text)")
        }
        let inside = try #require(OutboundURL("http://10.0.0.1"))
        #expect(OutboundRules.ofTheOperator.isTrusted(inside))
    }
}
