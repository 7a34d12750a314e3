/// An account of Twilio, and who its messages come from. It never prints its token.
package struct TwilioAccount: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// `AC` and 32 hexadecimal digits.
    package let sid: String
    package let token: String
    /// A number (E.164), a name of up to 11 letters and digits, or the `MG…` of a messaging service.
    package let sender: String
    package let base: OutboundURL

    /// Fields: `account_sid`, `auth_token`, `from_number`, and `api_url` for another place than Twilio's.
    package init(_ fields: ServiceFields) throws(ServiceFieldsProblem) {
        try fields.require("account_sid", "auth_token", "from_number")
        sid = try fields.word("account_sid") { Self.isSID($0, "AC") }
        token = try fields.word("auth_token")
        sender = try fields.word("from_number") { Self.isSender($0) }
        base = try fields.url("api_url", or: "https://api.twilio.com")
    }

    /// Of the account itself; or of a part of it.
    package func url(_ part: String = "") -> OutboundURL {
        base.appending("2010-04-01/Accounts/\(sid)\(part.isEmpty ? "" : "/" + part).json")
    }

    /// Whether the sender is a messaging service, which picks a number by itself.
    package var hasService: Bool { Self.isSID(sender, "MG") }

    package static func isSender(_ text: String) -> Bool {
        isNumber(text) || isSID(text, "MG") || isName(text)
    }

    /// `+` and 8 to 15 digits, the first of which is no zero.
    package static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.hasPrefix("+") && (8...15).contains(digits.count) && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    static func isSID(_ text: String, _ kind: String) -> Bool {
        text.hasPrefix(kind) && text.utf8.count == 34
            && text.utf8.dropFirst(2).allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
            }
    }

    private static func isName(_ text: String) -> Bool {
        (1...11).contains(text.utf8.count) && text.utf8.allSatisfy { $0 < 0x80 } && !text.hasPrefix("+")
            && text.contains { $0.isLetter } && text.allSatisfy { $0.isLetter || $0.isNumber || "-_&".contains($0) }
    }

    package var description: String { "Twilio account \(sid)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
