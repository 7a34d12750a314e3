/// A key to the calendar that is good for about an hour. It never prints itself.
package struct GoogleToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let text: String
    /// A minute before Google's end, so that no request is under way when it comes.
    package let goodUntil: Timestamp
    /// Takes the place of the refresh token that was shown; nil when that stays.
    package let newRefreshToken: String?

    static let margin: Duration = .seconds(60)

    /// Nil for what is no answer of the token endpoint.
    package init?(json: JSONValue?, at moment: Timestamp) {
        guard let text = json?["access_token"]?.string, !text.isEmpty,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let seconds = json?["expires_in"]?.wholeNumber
        else { return nil }
        self.text = text
        goodUntil = moment + .seconds(max(0, min(seconds, 86_400))) - Self.margin
        newRefreshToken = json?["refresh_token"]?.string
    }

    package var description: String { "<token>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
