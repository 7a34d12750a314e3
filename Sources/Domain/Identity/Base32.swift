/// 128 bits in Crockford's base 32, as ULIDs use it: 26 digits, the first of which holds the highest 3 bits.
enum Base32 {
    static let count = 26

    private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    /// Puts 26 digits, highest first; one of them lies across the two words.
    static func write<let length: Int>(
        _ high: UInt64,
        _ low: UInt64,
        to text: inout InlineArray<length, UInt8>,
        at start: Int
    ) {
        text[start] = digit(high >> 61)
        text[start + 13] = digit(high << 4 | low >> 60)
        for place in 1...12 {
            text[start + place] = digit(high >> UInt64(61 - 5 * place))
            text[start + 13 + place] = digit(low >> UInt64(60 - 5 * place))
        }
    }

    private static func digit(_ value: UInt64) -> UInt8 { alphabet.utf8Start[Int(value & 31)] }

    /// Nil unless these are 26 upper-case digits and the first is at most 7.
    static func read(_ digits: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard digits.count == count, let first = value(of: digits[0]), first < 8 else { return nil }
        var (high, low) = (UInt64(0), first)
        for place in 1..<count {
            guard let value = value(of: digits[place]) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | value
        }
        return (high, low)
    }

    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - 0x30)
        case UInt8(ascii: "A")...UInt8(ascii: "H"): UInt64(digit - 0x37)
        // The alphabet leaves out I, L, O and U.
        case UInt8(ascii: "J"), UInt8(ascii: "K"): UInt64(digit - 0x38)
        case UInt8(ascii: "M"), UInt8(ascii: "N"): UInt64(digit - 0x39)
        case UInt8(ascii: "P")...UInt8(ascii: "T"): UInt64(digit - 0x3A)
        case UInt8(ascii: "V")...UInt8(ascii: "Z"): UInt64(digit - 0x3B)
        default: nil
        }
    }
}
