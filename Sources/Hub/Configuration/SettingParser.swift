import Domain
import Foundation
import Integrations

/// Turns the texts of settings into values.
enum SettingParser {
    static func integer(_ text: String, in range: ClosedRange<Int>) throws(SettingProblem) -> Int {
        guard let value = Int(text), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            throw SettingProblem("is not a whole number")
        }
        guard value >= range.lowerBound else { throw SettingProblem("is less than \(range.lowerBound)") }
        guard value <= range.upperBound else { throw SettingProblem("is more than \(range.upperBound)") }
        return value
    }

    static func choice<Value>(_ text: String, _ make: (String) -> Value?) throws(SettingProblem) -> Value {
        guard let value = make(text) else { throw SettingProblem("is none of the choices") }
        return value
    }

    /// One word: a token, a key, a name.
    static func word(_ text: String) throws(SettingProblem) -> String {
        guard text.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && $0.value >= 0x20 }) else {
            throw SettingProblem("holds white space")
        }
        return text
    }

    static func digits(_ text: String) throws(SettingProblem) -> String? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw SettingProblem("is not made of digits")
        }
        return text
    }

    static func path(_ text: String) throws(SettingProblem) -> String? {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw SettingProblem("holds a control character")
        }
        return text
    }

    /// An address or a range of addresses in CIDR notation (RFC 4632).
    static func networkRange(_ text: String) throws(SettingProblem) -> NetworkRange {
        guard let range = NetworkRange(text) else {
            throw SettingProblem("holds what is no address, or a range with bits set beyond its prefix")
        }
        return range
    }

    static func outboundPlace(_ text: String) throws(SettingProblem) -> OutboundPlace {
        guard let place = OutboundPlace(text) else {
            throw SettingProblem("holds what is no host and no host:port")
        }
        return place
    }

    /// A name, an IPv4 address, or an IPv6 address with or without brackets, which are taken off.
    static func host(_ text: String) throws(SettingProblem) -> String {
        if text.contains(":") {
            let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
            let plain = isBracketed ? String(text.dropFirst().dropLast()) : text
            guard NetworkAddress(plain) != nil else {
                throw SettingProblem("is no address; the port belongs into PORT")
            }
            return plain
        }
        let isName = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName else { throw SettingProblem("is neither an address nor a host name") }
        return text
    }

    /// An http or https address without query and fragment; a slash at its end is taken off.
    static func webAddress(_ text: String) throws(SettingProblem) -> String? {
        guard let parts = URLComponents(string: try word(text)), parts.scheme == "https" || parts.scheme == "http",
            let host = parts.host, !host.isEmpty
        else { throw SettingProblem("is not an http or https address") }
        guard parts.user == nil, parts.password == nil else { throw SettingProblem("holds a login") }
        guard parts.query == nil, parts.fragment == nil else { throw SettingProblem("has a query or a fragment") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    static func secretURL(schemes: [String]) -> @Sendable (String) throws(SettingProblem) -> SecretText? {
        { text throws(SettingProblem) in
            guard schemes.contains(where: { text.hasPrefix($0 + "://") }) else {
                throw SettingProblem("does not begin with \(schemes.map { $0 + "://" }.joined(separator: " or "))")
            }
            return SecretText(try word(text))
        }
    }

    static func masterSecret(_ text: String) throws(SettingProblem) -> SecretText {
        do throws(HubError) {
            _ = try MasterSecret(base64: text)
        } catch {
            throw SettingProblem(error.message)
        }
        return SecretText(text)
    }

    static func email(_ text: String) throws(SettingProblem) -> EmailAddress {
        guard let email = EmailAddress(text) else { throw SettingProblem("is not an e-mail address") }
        return email
    }

    static func password(_ text: String) throws(SettingProblem) -> SecretText? {
        if let problem = PasswordPolicy.problem(of: text) { throw SettingProblem(problem) }
        return SecretText(text)
    }

    static func mailboxes(_ text: String) throws(SettingProblem) -> [Mailbox] {
        var mailboxes: [Mailbox] = []
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[1].isEmpty else { throw SettingProblem("has a pair without address=token") }
            let address = try email(parts[0])
            guard !mailboxes.contains(where: { $0.address == address }) else {
                throw SettingProblem("has the same address twice")
            }
            mailboxes.append(Mailbox(address: address, token: SecretText(try word(parts[1]))))
        }
        return mailboxes
    }

    /// Parts with commas between; spaces around them are nothing.
    static func list<Value: Sendable>(
        of parse: @escaping @Sendable (String) throws(SettingProblem) -> Value
    ) -> @Sendable (String) throws(SettingProblem) -> [Value] {
        { text throws(SettingProblem) in
            var values: [Value] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let plain = part.trimmingCharacters(in: .whitespaces)
                guard !plain.isEmpty else { throw SettingProblem("has a comma with nothing beside it") }
                values.append(try parse(plain))
            }
            return values
        }
    }
}
