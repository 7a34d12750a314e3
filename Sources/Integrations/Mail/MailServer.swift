import Domain

/// Where mail is handed over: `smtp://user:password@host:port`, or `smtps://` for TLS from the start.
///
/// `smtp://` goes on only after STARTTLS, unless the host is this machine. A login in it is used for every mailbox;
/// what is no plain character of a URL stands there as `%40`. It never prints itself.
package struct MailServer: Sendable, Equatable {
    enum Security: Sendable, Equatable {
        case fromTheStart
        /// STARTTLS (RFC 3207), or nothing is said.
        case required
        case ifOffered
    }

    package let host: String
    package let port: Int
    let security: Security
    let login: SMTPLogin?

    /// Nil for what is no such URL.
    package init?(_ url: String) {
        let parts = url.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, parts[0] == "smtp" || parts[0] == "smtps" else { return nil }
        let usesTLS = parts[0] == "smtps"
        let authority = parts[1].prefix { $0 != "/" && $0 != "?" }
        // A password may hold an @, a host may not.
        let at = authority.lastIndex(of: "@")
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        let name: Substring
        let digits: Substring
        if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
            name = place[place.index(after: place.startIndex)..<end]
            digits = place[place.index(after: end)...].drop { $0 == ":" }
        } else {
            let split = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            name = split.first ?? ""
            digits = split.count == 2 ? split[1] : ""
        }
        guard !name.isEmpty, let port = digits.isEmpty ? (usesTLS ? 465 : 587) : Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        host = String(name)
        self.port = port
        security = usesTLS ? .fromTheStart : Self.isThisMachine(host) ? .ifOffered : .required
        login = at.flatMap { SMTPLogin(url: authority[..<$0]) }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }
}

extension MailServer: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(host):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Who signs in at a mail server. It never prints itself.
package struct SMTPLogin: Sendable, Equatable {
    let user: String
    let password: String

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// `user:password`; nil without a user.
    init?(url text: Substring) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = parts.first, !user.isEmpty else { return nil }
        self.init(
            user: PercentEncoding.decode(String(user)),
            password: parts.count == 2 ? PercentEncoding.decode(String(parts[1])) : "")
    }
}

extension SMTPLogin: CustomStringConvertible, CustomReflectable {
    package var description: String { "<login>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
