/// What is shown to Zid for new keys (RFC 6749 section 6). It never prints its secrets.
///
/// Source: Zid "Authorization".
package struct ZidGrant: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let address: OutboundURL
    package let form: FormFields

    package static let usualAddress = "https://oauth.zid.sa/oauth/token"

    /// Nil when something is missing, or the address is none.
    package init?(_ values: IntegrationValues) {
        guard let address = OutboundURL(values["token_url"] ?? Self.usualAddress), let client = values["client_id"],
            let secret = values["client_secret"], let refresh = values["refresh_token"]
        else { return nil }
        self.address = address
        var form: FormFields = [
            "grant_type": "refresh_token", "client_id": client, "client_secret": secret, "refresh_token": refresh,
        ]
        if let redirect = values["redirect_uri"] { form.append("redirect_uri", redirect) }
        self.form = form
    }

    package var description: String { "a grant of Zid" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
