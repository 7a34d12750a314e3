/// A request that claims to come from Twilio, and the texts of which one must be signed ("Webhooks Security").
package struct TwilioSignedRequest: Sendable, Equatable {
    /// The address as Twilio called it, by our configuration and not by headers; with the query.
    package let url: String
    package let form: FormFields
    /// What the query says that the body's SHA-256 is, in hex; nil for a form.
    package let bodyDigest: String?

    package init(url: String, form: FormFields) {
        self.url = url
        let digest = Self.bodyDigest(url)
        bodyDigest = digest
        // A body that is no form is signed by its digest in the query.
        self.form = digest == nil ? form : [:]
    }

    /// With the port and without it: Twilio does either.
    package var candidates: [String] {
        var urls = [url]
        if let other = Self.withoutPort(url) ?? Self.withPort(url) { urls.append(other) }
        return urls.map { $0 + fields }
    }

    /// Name and value of each field in the order of names; of a repeated name each value once, in order.
    private var fields: String {
        var values: [String: Set<String>] = [:]
        for (name, value) in form.pairs { values[name, default: []].insert(value) }
        return values.sorted { Self.isBefore($0.key, $1.key) }.map { name, values in
            values.sorted(by: Self.isBefore).map { name + $0 }.joined()
        }.joined()
    }

    /// By bytes, not by any language.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func bodyDigest(_ url: String) -> String? {
        guard let mark = url.firstIndex(of: "?") else { return nil }
        let query = url[url.index(after: mark)...].prefix { $0 != "#" }
        return query.split(separator: "&").first { $0.hasPrefix("bodySHA256=") }.map { String($0.dropFirst(11)) }
    }

    private static func parts(_ url: String) -> (scheme: Substring, host: Substring, rest: Substring)? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let behind = url[mark.upperBound...]
        let host = behind.prefix { $0 != "/" && $0 != "?" }
        return (url[..<mark.lowerBound], host, behind[host.endIndex...])
    }

    private static func withoutPort(_ url: String) -> String? {
        guard let (scheme, host, rest) = parts(url), let colon = host.lastIndex(of: ":"),
            host[host.index(after: colon)...].allSatisfy(\.isNumber)
        else { return nil }
        return "\(scheme)://\(host[..<colon])\(rest)"
    }

    private static func withPort(_ url: String) -> String? {
        guard let (scheme, host, rest) = parts(url) else { return nil }
        return "\(scheme)://\(host):\(scheme == "https" ? 443 : 80)\(rest)"
    }
}
