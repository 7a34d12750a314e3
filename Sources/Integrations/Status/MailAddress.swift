/// Where mail is handed over: `smtp://user:password@host:port`, or `smtps://` for TLS from the start.
struct MailAddress: Sendable, Equatable {
    let host: String
    let port: Int
    let usesTLS: Bool

    /// Nil for what is no such URL.
    init?(_ url: String) {
        let parts = url.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, parts[0] == "smtp" || parts[0] == "smtps" else { return nil }
        usesTLS = parts[0] == "smtps"
        let authority = parts[1].prefix { $0 != "/" && $0 != "?" }
        // A password may hold an @, a host may not.
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
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
    }
}
