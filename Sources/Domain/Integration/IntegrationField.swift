/// One thing that must or may be known to use an outside service. All values are texts.
package struct IntegrationField: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text
        /// Sealed at rest, and never shown but masked.
        case secret
        case url
        case digits
        case email
        /// Who an SMS is from: a number in international form (`+9665…`), a name, or a messaging service of Twilio's.
        case sender
        /// RFC 3339.
        case moment
    }

    package static let maxLength = 4000

    package let name: String
    package let kind: Kind
    /// Whether nothing works without it.
    package let isRequired: Bool
    /// What is used when nothing is set; nil for nothing.
    package let standard: String?
    /// The setting of the environment that says it as well; nil for none.
    package let variable: String?
    /// What it is and where it is found.
    package let label: StatusMessage
    /// All that it can be; empty for anything of its kind.
    let choices: [String]
    /// In bytes.
    let minLength: Int
    /// The fields that the hub says this one of by itself; nil for what its owner says.
    ///
    /// What somebody sends for it is ignored. When one of those fields changes, what was said of it is void.
    let keptOf: [String]?

    init(
        _ name: String,
        _ kind: Kind,
        required: Bool = false,
        standard: String? = nil,
        variable: String? = nil,
        oneOf choices: [String] = [],
        atLeast minLength: Int = 1,
        keptOf fields: [String]? = nil,
        _ ar: String,
        _ en: String
    ) {
        self.name = name
        self.kind = kind
        isRequired = required
        self.standard = standard
        self.variable = variable
        self.choices = choices
        self.minLength = minLength
        keptOf = fields
        label = StatusMessage(ar: ar, en: en)
    }

    package var isSecret: Bool { kind == .secret }

    /// Whether the hub says it by itself.
    package var isKept: Bool { keptOf != nil }

    /// What is wrong with a value; nil when nothing is.
    func problem(with value: String, at place: String) -> FieldProblem? {
        guard (minLength...Self.maxLength).contains(value.utf8.count) else {
            let code = value.utf8.count < minLength ? "too_short" : "too_long"
            return FieldProblem(place, code, "takes \(minLength) to \(Self.maxLength) bytes")
        }
        guard choices.isEmpty || choices.contains(value) else {
            return FieldProblem(place, "choice", "must be one of: \(choices.joined(separator: ", "))")
        }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            return FieldProblem(place, "format", "must be one line of text")
        }
        let isGood =
            switch kind {
            case .text: true
            case .secret: !value.contains(" ")
            case .url: Self.isAddress(value)
            case .digits: value.utf8.allSatisfy(Self.isDigit)
            case .email: EmailAddress(value) != nil
            case .sender: TwilioAccount.isSender(value)
            case .moment: Timestamp(rfc3339: value) != nil
            }
        return isGood ? nil : FieldProblem(place, "format", "must be \(kind.wanted)")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// A scheme and a host, without user, query and fragment.
    private static func isAddress(_ text: String) -> Bool {
        guard let rest = ["https://", "http://"].first(where: text.hasPrefix).map({ text.dropFirst($0.count) }) else {
            return false
        }
        return !rest.isEmpty && rest.first != "/" && !rest.contains { " @?#\\".contains($0) }
    }
}

extension IntegrationField.Kind {
    fileprivate var wanted: String {
        switch self {
        case .text: "a text"
        case .secret: "a key without spaces"
        case .url: "an address like https://api.example.com/v1"
        case .digits: "digits only"
        case .email: "an e-mail address"
        case .sender: "a number like +966500000000, a name with a letter, or a service (MG…)"
        case .moment: "a moment like 2026-11-21T10:00:00Z"
        }
    }
}
