/// Something that a person is known by. Belongs to one contact of the shop at a time.
package struct ContactIdentity: Sendable, Hashable, Comparable {
    package enum Kind: String, Sendable, CaseIterable {
        /// E.164: `+966501234567`.
        case phone
        /// The user id that WhatsApp gives.
        case whatsapp
        /// Lower-cased.
        case email
        /// A visitor of ours, and with it their conversation.
        case visitor
        /// The customer's id at Zid.
        case zid
    }

    package let kind: Kind
    package let value: String

    /// Brings `text` into the one form that is compared; nil for what is no identity of this kind.
    package init?(_ kind: Kind, _ text: String) {
        let value: String? =
            switch kind {
            case .phone: Self.phone(text)
            case .whatsapp: Self.key(text, maxLength: 128)
            case .email: Self.email(text)
            case .visitor: VisitorID(text)?.text
            case .zid: Self.key(text, maxLength: 64)
            }
        guard let value else { return nil }
        self.kind = kind
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.kind.rawValue, left.value) < (right.kind.rawValue, right.value)
    }

    /// What people must write.
    package static func form(of kind: Kind) -> String {
        switch kind {
        case .phone: "must be a phone number with its country, like +966501234567"
        case .whatsapp: "must be a WhatsApp user id: letters, digits and . _ : -"
        case .email: "must be an e-mail address"
        case .visitor: "must be the id of a visitor"
        case .zid: "must be a customer id of Zid: letters, digits and . _ : -"
        }
    }

    // MARK: Forms

    /// Digits of any script, with `+` or `00` before them; what people put between digits is dropped.
    private static func phone(_ text: String) -> String? {
        var digits = ""
        var hasPlus = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "\u{0660}"..."\u{0669}": digits += String(scalar.value - 0x0660)
            case "\u{06F0}"..."\u{06F9}": digits += String(scalar.value - 0x06F0)
            case "+" where digits.isEmpty && !hasPlus: hasPlus = true
            case " ", "-", "(", ")", ".", "\u{A0}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}": break
            default: return nil
            }
        }
        if !hasPlus {
            guard digits.hasPrefix("00") else { return nil }
            digits.removeFirst(2)
        }
        guard (7...15).contains(digits.utf8.count), !digits.hasPrefix("0") else { return nil }
        return "+\(digits)"
    }

    private static func email(_ text: String) -> String? {
        let given = text.trimmed
        let address = given.lowercased()
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        // Small letters may be more than the capitals they stand for.
        guard given.unicodeScalars.count <= 254, parts.count == 2, !parts[0].isEmpty else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }),
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace })
        else { return nil }
        return address
    }

    private static func key(_ text: String, maxLength: Int) -> String? {
        let key = text.trimmed
        guard (1...maxLength).contains(key.utf8.count) else { return nil }
        let isKey = key.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "0"..."9", "A"..."Z", "a"..."z", ".", "_", ":", "-": true
            default: false
            }
        }
        return isKey ? key : nil
    }
}
