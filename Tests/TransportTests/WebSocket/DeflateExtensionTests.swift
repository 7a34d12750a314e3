import Testing

@testable import Transport

@Suite struct DeflateExtensionTests {
    private static let bothForget = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

    private static var generous: DeflatePolicy {
        var policy = DeflatePolicy()
        policy.allowsServerContextTakeover = true
        policy.allowsClientContextTakeover = true
        policy.serverMaxWindowBits = 12
        policy.clientMaxWindowBits = 11
        return policy
    }

    private func answer(_ lines: [String], _ policy: DeflatePolicy = DeflatePolicy()) -> String? {
        DeflateExtension.negotiate(lines, policy: policy)?.headerValue
    }

    @Test(
        "What the hub answers by default",
        arguments: [
            ("permessage-deflate", bothForget),
            ("permessage-deflate; client_max_window_bits", bothForget),
            ("permessage-deflate; client_max_window_bits=8", bothForget),
            ("permessage-deflate; server_no_context_takeover", bothForget),
            ("permessage-deflate; client_no_context_takeover", bothForget),
            ("permessage-deflate;server_no_context_takeover;client_no_context_takeover", bothForget),
            ("  permessage-deflate ;\tclient_max_window_bits  ", bothForget),
            ("permessage-deflate; server_max_window_bits=15", bothForget + "; server_max_window_bits=15"),
            ("permessage-deflate; server_max_window_bits=9", bothForget + "; server_max_window_bits=9"),
            ("permessage-deflate; server_max_window_bits=\"10\"", bothForget + "; server_max_window_bits=10"),
            ("permessage-deflate; server_max_window_bits=\"1\\0\"", bothForget + "; server_max_window_bits=10"),
            ("x-webkit-deflate-frame, permessage-deflate; client_max_window_bits", bothForget),
            ("foo; a=\"b\", , permessage-deflate", bothForget),
        ])
    func accepted(offer: String, expected: String) {
        #expect(self.answer([offer]) == expected)
    }

    @Test(
        "What the hub declines",
        arguments: [
            "", "foo", "permessage-deflate2", "Permessage-Deflate", "x-webkit-deflate-frame",
            "permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits",
            "permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=16",
            "permessage-deflate; server_max_window_bits=010", "permessage-deflate; server_max_window_bits=1e1",
            "permessage-deflate; server_max_window_bits=+9", "permessage-deflate; server_max_window_bits=-9",
            "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=16",
            "permessage-deflate; client_max_window_bits=\"\"", "permessage-deflate; client_max_window_bits=",
            "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; client_no_context_takeover=true",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
            "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
            "permessage-deflate; unknown", "permessage-deflate; unknown=1",
            "permessage-deflate; SERVER_NO_CONTEXT_TAKEOVER",
            // Broken grammar declines everything.
            "permessage-deflate;", "permessage-deflate; ;", "permessage-deflate; server_max_window_bits=\"10",
            "permessage-deflate; a b", "permessage-deflate foo", "; permessage-deflate", "permessage-deflate; =10",
            "permessage-deflate, \u{1}", "permessage-deflate; client_max_window_bits=\"1 0\"", "(permessage-deflate)",
        ])
    func declined(offer: String) {
        #expect(self.answer([offer]) == nil)
    }

    @Test func theFirstOfferThatCanBeKeptWins() {
        let offers =
            "permessage-deflate; server_max_window_bits=8, permessage-deflate; unknown, "
            + "permessage-deflate; server_max_window_bits=10, permessage-deflate"
        #expect(self.answer([offers]) == Self.bothForget + "; server_max_window_bits=10")
        #expect(self.answer(["foo", "permessage-deflate; bar", "permessage-deflate"]) == Self.bothForget)
    }

    @Test(
        "With context takeover allowed",
        arguments: [
            // A client that cannot limit its window has to forget.
            ("permessage-deflate", "permessage-deflate; client_no_context_takeover"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=11"),
            ("permessage-deflate; client_max_window_bits=15", "permessage-deflate; client_max_window_bits=11"),
            ("permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=9"),
            (
                "permessage-deflate; server_no_context_takeover; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover; client_max_window_bits=11"
            ),
            (
                "permessage-deflate; client_no_context_takeover; client_max_window_bits=10",
                "permessage-deflate; client_no_context_takeover"
            ),
            (
                "permessage-deflate; server_max_window_bits=15; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=12; client_max_window_bits=11"
            ),
            (
                "permessage-deflate; server_max_window_bits=10; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=10; client_max_window_bits=11"
            ),
            (
                "permessage-deflate; server_no_context_takeover; server_max_window_bits=15",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15"
            ),
        ])
    func takeover(offer: String, expected: String) {
        #expect(self.answer([offer], Self.generous) == expected)
        #expect(self.answer([offer], Self.generous.withoutContextTakeover)?.hasPrefix(Self.bothForget) == true)
    }

    @Test func anUnlimitedClientWindowNeedsAPolicyThatAffordsIt() {
        var policy = Self.generous
        policy.clientMaxWindowBits = 15
        #expect(self.answer(["permessage-deflate"], policy) == "permessage-deflate")
        #expect(
            self.answer(["permessage-deflate; client_max_window_bits"], policy)
                == "permessage-deflate; client_max_window_bits=15"
        )
    }

    @Test func aDisabledPolicyAgreesToNothing() {
        var policy = DeflatePolicy()
        policy.isEnabled = false
        #expect(self.answer(["permessage-deflate"], policy) == nil)
    }
}
