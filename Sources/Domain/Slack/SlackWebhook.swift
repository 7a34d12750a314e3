/// An incoming webhook of Slack. Its address is its secret, so it never prints itself.
package struct SlackWebhook: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let url: OutboundURL
    /// Shown to people; Slack posts where the webhook was installed.
    package let channel: String?

    /// Fields: `webhook_url`, `channel` (may be empty).
    ///
    /// - Parameter mayBeElsewhere: Whether a host that is not Slack's is taken, for a stand-in.
    package init(
        _ fields: ServiceFields,
        mayBeElsewhere: (OutboundURL) -> Bool = { _ in false }
    ) throws(ServiceFieldsProblem) {
        try fields.require("webhook_url")
        let url = try fields.url("webhook_url", or: nil)
        guard Self.hasShape(url.target), Self.hosts.contains(url.host) || mayBeElsewhere(url) else {
            throw ServiceFieldsProblem(.unfit("webhook_url"))
        }
        self.url = url
        channel = fields["channel"]
    }

    private static let hosts: Set<String> = ["hooks.slack.com", "hooks.slack-gov.com"]

    /// `/services/T…/B…/…`, and nothing behind it.
    private static func hasShape(_ target: String) -> Bool {
        let parts = target.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "services", parts[2].hasPrefix("T"),
            parts[3].hasPrefix("B")
        else { return false }
        return parts[2...].allSatisfy { part in
            part.utf8.count >= 3 && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
    }

    /// With all but the workspace covered.
    package var masked: String {
        let parts = url.target.split(separator: "/")
        return "\(url.isSecure ? "https" : "http")://\(url.authority)/services/\(parts[1])/…"
    }

    package var description: String { masked }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The three characters that mean something to Slack ("Formatting text for app surfaces").
    package static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
