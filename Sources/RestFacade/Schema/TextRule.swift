import Domain

/// What a text must look like. The pattern says the same as the check, for OpenAPI.
struct TextRule: Sendable {
    let kind: Kind
    /// In Unicode scalars, as JSON Schema counts.
    let length: ClosedRange<Int>

    enum Kind: Sendable, Equatable {
        /// One line with something to see in it.
        case line
        /// Any number of lines.
        case prose
        /// RFC 3339.
        case moment
        case email
        /// An absolute http or https address.
        case link
        /// E.164: `+966501234567`.
        case phone
        /// ISO 4217.
        case currency
        /// `#RRGGBB`.
        case color
        /// ASCII without spaces.
        case visible
        /// Letters, digits and `. _ : -`: keys that programs use.
        case key
        case id(prefix: String)
    }

    init(_ kind: Kind, _ length: ClosedRange<Int>) {
        self.kind = kind
        self.length = length
    }

    static let moment = TextRule(.moment, 20...35)
    static let email = TextRule(.email, 3...254)
    static let link = TextRule(.link, 8...2000)
    static let phone = TextRule(.phone, 8...16)
    static let currency = TextRule(.currency, 3...3)
    static let color = TextRule(.color, 7...7)

    static func key(_ maxLength: Int) -> TextRule { TextRule(.key, 1...maxLength) }

    static func id(prefix: String) -> TextRule {
        TextRule(.id(prefix: prefix), prefix.count + 26...prefix.count + 26)
    }

    /// What is wrong with `text`; nil when nothing is.
    func problem(with text: String, at field: String) -> FieldProblem? {
        let count = text.unicodeScalars.count
        guard count >= length.lowerBound else {
            return FieldProblem(field, "too_short", "needs at least \(length.lowerBound) characters")
        }
        guard count <= length.upperBound else {
            return FieldProblem(field, "too_long", "takes at most \(length.upperBound) characters")
        }
        guard fits(text) else { return FieldProblem(field, "format", "must be \(words)") }
        return nil
    }

    private func fits(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        switch kind {
        case .line:
            return !scalars.contains(where: \.isControl) && scalars.contains { !$0.properties.isWhitespace }
        case .prose:
            return !scalars.contains("\0")
        case .moment:
            return Timestamp(rfc3339: text) != nil
        case .email:
            let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { return false }
            let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
                && scalars.allSatisfy { !$0.isControl && !$0.properties.isWhitespace }
        case .link:
            guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
            return text.utf8.count > scheme.utf8.count && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case .phone:
            return text.first == "+" && text.utf8.dropFirst().first != UInt8(ascii: "0")
                && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        case .currency:
            return Currency(text) != nil
        case .color:
            return text.first == "#" && text.utf8.dropFirst().allSatisfy(Self.isHexDigit)
        case .visible:
            return text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case .key:
            return text.utf8.allSatisfy(Self.isKeyByte)
        case .id(let prefix):
            let digits = text.utf8.dropFirst(prefix.utf8.count)
            return text.hasPrefix(prefix) && digits.allSatisfy(Self.isIDByte) && digits.first ?? 0x38 < 0x38
        }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-")].contains(byte)
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8.contains(byte)
    }

    private var words: String {
        switch kind {
        case .line: "one line of text"
        case .prose: "text without U+0000"
        case .moment: "a time like 2026-11-21T08:00:00.000Z"
        case .email: "an e-mail address"
        case .link: "an address that begins with https:// or http://"
        case .phone: "a phone number like +966501234567 (E.164)"
        case .currency: "three capital letters like SAR (ISO 4217)"
        case .color: "a colour like #0B6E4F"
        case .visible: "visible ASCII characters"
        case .key: "letters, digits and . _ : - only"
        case .id(let prefix): "an id that begins with \(prefix)"
        }
    }

    /// ECMA-262, as JSON Schema wants it; nil where `format` says more. Its `\s` leaves U+0085 out, which is space too.
    var pattern: String? {
        switch kind {
        case .line:
            #"^[^\u0000-\u001F\u007F]*[^\s\u0000-\u001F\u007F\u0085][^\u0000-\u001F\u007F]*$"#
        case .prose: #"^[^\u0000]*$"#
        case .moment: nil
        case .email:
            #"^[^@\s\u0000-\u001F\u007F\u0085]+@[^@.\s\u0000-\u001F\u007F\u0085]+"#
                + #"(\.[^@.\s\u0000-\u001F\u007F\u0085]+)+$"#
        case .link: #"^https?://[!-~]+$"#
        case .phone: #"^\+[1-9][0-9]*$"#
        case .currency: "^[A-Z]{3}$"
        case .color: "^#[0-9A-Fa-f]{6}$"
        case .visible: "^[!-~]+$"
        case .key: "^[A-Za-z0-9._:-]+$"
        case .id(let prefix): "^\(prefix)[0-7][0-9A-HJKMNP-TV-Z]{25}$"
        }
    }

    var format: String? {
        switch kind {
        case .moment: "date-time"
        case .line, .prose, .email, .link, .phone, .currency, .color, .visible, .key, .id: nil
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || value == 0x7F }
}
