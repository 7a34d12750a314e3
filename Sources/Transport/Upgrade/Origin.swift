/// The origin of a web page (RFC 6454): scheme, host and port.
package struct Origin: Hashable, Sendable {
    package let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int

    /// Reads an origin as browsers send it (`https://shop.example:8443`), in any case; nil for anything else.
    package init?(_ text: String) {
        let text = text.lowercased()
        let scheme: String
        let defaultPort: Int
        if text.hasPrefix("https://") {
            (scheme, defaultPort) = ("https", 443)
        } else if text.hasPrefix("http://") {
            (scheme, defaultPort) = ("http", 80)
        } else {
            return nil
        }
        self.init(scheme: scheme, authority: text.dropFirst(scheme.count + 3), defaultPort: defaultPort)
    }

    /// The origin that a page of the same site has, judged by the `Host` header it was asked for.
    ///
    /// The scheme cannot be known behind a proxy that ends TLS, so it is taken over from the page.
    init?(host: String, sameSchemeAs page: Origin) {
        let defaultPort = page.scheme == "https" ? 443 : 80
        self.init(scheme: page.scheme, authority: host.lowercased()[...], defaultPort: defaultPort)
    }

    private init?(scheme: String, authority: Substring, defaultPort: Int) {
        var host = authority
        var port = defaultPort
        let afterBrackets = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterBrackets...].firstIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = UInt16(digits) else { return nil }
            host = authority[..<colon]
            port = Int(number)
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        self.scheme = scheme
        self.host = String(host)
        self.port = port
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
