/// How a text travels by SMS: its alphabet, and how many messages it takes (3GPP TS 23.038, 23.040).
///
/// One character outside the GSM alphabet, such as any Arabic letter, makes the whole text UCS-2.
package struct SMSText: Sendable, Equatable {
    package enum Alphabet: Sendable, Equatable {
        /// 160 places in one message, 153 in each of several; a few characters take two.
        case gsm7
        /// 70 UTF-16 units in one message, 67 in each of several.
        case ucs2

        var alone: Int {
            switch self {
            case .gsm7: 160
            case .ucs2: 70
            }
        }

        var joined: Int {
            switch self {
            case .gsm7: 153
            case .ucs2: 67
            }
        }
    }

    package let alphabet: Alphabet
    /// Messages that are paid for; 0 for an empty text.
    package let segments: Int
    /// In UTF-16 units, as Twilio counts its limit.
    package let length: Int

    /// Of one request to Twilio.
    package static let maxLength = 1600

    package init(_ text: String) {
        let isGSM = text.unicodeScalars.allSatisfy { Self.basic.contains($0) || Self.extended.contains($0) }
        let alphabet: Alphabet = isGSM ? .gsm7 : .ucs2
        let places = text.unicodeScalars.map { scalar in
            isGSM ? (Self.extended.contains(scalar) ? 2 : 1) : (scalar.value > 0xFFFF ? 2 : 1)
        }
        self.alphabet = alphabet
        length = text.utf16.count
        segments = Self.segments(places, alphabet)
    }

    package var isTooLong: Bool { length > Self.maxLength }

    /// What takes two places is never cut.
    private static func segments(_ places: [Int], _ alphabet: Alphabet) -> Int {
        let whole = places.reduce(0, +)
        if whole <= alphabet.alone { return whole == 0 ? 0 : 1 }
        var (segments, used) = (1, 0)
        for place in places {
            if used + place > alphabet.joined {
                segments += 1
                used = 0
            }
            used += place
        }
        return segments
    }

    private static let basic = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    private static let extended = Set("\u{C}^{}\\[~]|€".unicodeScalars)
}
