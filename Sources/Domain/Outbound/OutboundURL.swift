/// An address that somebody typed into a page, taken apart: `https://host:port/path?query`.
///
/// Narrower than RFC 3986, so that no two readers disagree about where it leads: no login, no fragment, nothing but
/// visible ASCII. The host is in small letters.
package struct OutboundURL: Sendable, Equatable {
    package let isSecure: Bool
    /// A name, or an address without brackets.
    package let host: String
    package let port: Int
    /// Begins with a slash; with the query.
    package var target: String

    /// Longer than any that a service gives out.
    package static let maxBytes = 2048

    /// Nil for what is none.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maxBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let scheme = text.firstRange(of: "://")
        else { return nil }
        switch text[..<scheme.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = text[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let place = OutboundPlace(String(authority)) else { return nil }
        let target = rest[authority.endIndex...]
        guard !target.contains(where: { "#\\\"<>^`{|}".contains($0) }) else { return nil }
        host = place.host
        port = place.port ?? (isSecure ? 443 : 80)
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// The same place with more of a path; between the two stands one slash.
    package func appending(_ path: String) -> OutboundURL {
        var longer = self
        while longer.target.hasSuffix("/") { longer.target.removeLast() }
        longer.target += path.hasPrefix("/") ? path : "/" + path
        return longer
    }

    /// As the `Host` header names it (RFC 9110 section 7.2).
    package var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    package var text: String { "\(isSecure ? "https" : "http")://\(authority)\(target)" }
}

/// A host with or without a port: `127.0.0.1:8095`, `fakes.internal`, `[::1]:80`.
package struct OutboundPlace: Sendable, Hashable {
    /// In small letters, without brackets.
    package let host: String
    /// Nil for all ports.
    package let port: Int?

    package init?(_ text: String) {
        let text = text.lowercased()
        let name: Substring
        let tail: Substring
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            name = text[text.index(after: text.startIndex)..<end]
            tail = text[text.index(after: end)...]
            guard name.utf8.contains(UInt8(ascii: ":")), !name.contains("%"), NetworkAddress(String(name)) != nil else {
                return nil
            }
        } else {
            name = text.prefix { $0 != ":" }
            tail = text[name.endIndex...]
            guard Self.isName(name) else { return nil }
        }
        host = String(name)
        if tail.isEmpty {
            port = nil
        } else {
            guard tail.hasPrefix(":"), tail.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(tail.dropFirst()), (1...65_535).contains(number)
            else { return nil }
            port = number
        }
    }

    /// Letters, digits, hyphens and underlines between dots. Numbers in other forms than `127.0.0.1` are no names.
    private static func isName(_ name: Substring) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                        UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
        guard areLabels else { return false }
        // The system reads "127.1" and "0x7f000001" as addresses too (inet_aton).
        let looksLikeNumber = labels.last?.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        return !looksLikeNumber || NetworkAddress(String(name)) != nil
    }
}
