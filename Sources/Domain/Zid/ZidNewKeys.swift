/// New keys of a store. They never print themselves.
package struct ZidNewKeys: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// Nil when Zid gave none: the one before stays.
    package let authorization: String?
    package let manager: String
    /// Nil when Zid gave none: the one before stays (RFC 6749 section 6).
    package let refresh: String?
    package let end: Timestamp

    /// What is believed when Zid does not say how long they are good.
    static let usualLife = Duration.seconds(30 * 86_400)
    private static let longestLife: Int64 = 10 * 366 * 86_400

    /// Nil when there is no key in it.
    package init?(json: JSONValue?, at moment: Timestamp) {
        guard let manager = Self.token(json?["access_token"]) else { return nil }
        self.manager = manager
        let said = json?["Authorization"] ?? json?["authorization"]
        authorization = Self.token(said)
        refresh = Self.token(json?["refresh_token"])
        let seconds = json?["expires_in"]?.wholeNumber ?? json?["expires_in"]?.string.flatMap { Int64($0) }
        end = moment + (seconds.map { .seconds(max(1, min($0, Self.longestLife))) } ?? Self.usualLife)
    }

    /// As they are stored.
    package var fields: [String: String] {
        var fields = ["manager_token": manager, ZidKeyLife.endField: end.rfc3339]
        if let authorization { fields["authorization_token"] = authorization }
        if let refresh { fields["refresh_token"] = refresh }
        return fields
    }

    /// What can stand in a header; the word before it is ours to say.
    private static func token(_ json: JSONValue?) -> String? {
        guard var text = json?.string?.trimmed else { return nil }
        if text.lowercased().hasPrefix("bearer ") { text = String(text.dropFirst("bearer ".count)).trimmed }
        let isGood = (1...maxBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isGood ? text : nil
    }

    private static let maxBytes = 16 * 1024

    package var description: String { "new keys of Zid" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
