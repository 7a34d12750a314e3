/// One calendar at Google, and how to be let in. It never prints its secrets.
package struct GoogleAccount: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let clientID: String
    package let clientSecret: String
    /// Google may give a new one with any answer.
    package let refreshToken: String
    /// An e-mail address, or `primary`.
    package let calendar: String
    /// Where access tokens are given out.
    package let tokenURL: OutboundURL
    package let base: OutboundURL

    /// Fields: `client_id`, `client_secret`, `refresh_token`, `calendar_id`, and `token_url` and `api_url` for other
    /// places than Google's.
    package init(_ fields: ServiceFields) throws(ServiceFieldsProblem) {
        try fields.require("client_id", "client_secret", "refresh_token", "calendar_id")
        clientID = try fields.word("client_id")
        clientSecret = try fields.word("client_secret")
        refreshToken = try fields.word("refresh_token")
        calendar = try fields.word("calendar_id")
        tokenURL = try fields.url("token_url", or: "https://oauth2.googleapis.com/token")
        base = try fields.url("api_url", or: "https://www.googleapis.com/calendar/v3")
    }

    /// Whether they differ in the refresh token at most.
    package func isSame(as other: GoogleAccount) -> Bool {
        (clientID, clientSecret, calendar, tokenURL, base)
            == (other.clientID, other.clientSecret, other.calendar, other.tokenURL, other.base)
    }

    package var eventsURL: OutboundURL { base.appending("calendars/\(PercentEncoding.encode(calendar))/events") }

    /// What is exchanged for an access token (RFC 6749 section 6).
    package func grant(_ refreshToken: String) -> FormFields {
        [
            "grant_type": "refresh_token", "client_id": clientID, "client_secret": clientSecret,
            "refresh_token": refreshToken,
        ]
    }

    package var description: String { "a Google calendar" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
