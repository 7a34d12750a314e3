/// Which web pages may open a socket. Browsers do not ask before they do, so the hub has to look (RFC 6455 section 10.2).
///
/// A client without an `Origin` is no browser: nobody can lend it a visitor's cookies, and it is let through.
package enum OriginPolicy: Hashable, Sendable {
    /// Every page, for a widget that may stand anywhere.
    case any
    /// The pages of the hub's own host, and those listed.
    case sameHost(or: Set<Origin>)

    /// - Parameters:
    ///   - origin: the value of `Origin`, nil if there was none.
    ///   - host: the value of `Host`.
    package func allows(origin: String?, host: String) -> Bool {
        guard let origin else { return true }
        switch self {
        case .any: return true
        case .sameHost(let listed):
            // `null` (a sandboxed frame, a local file) is no origin and never allowed.
            guard let page = Origin(origin) else { return false }
            return listed.contains(page) || Origin(host: host, sameSchemeAs: page) == page
        }
    }
}
