/// Folds text so that different spellings of one Arabic word find each other.
package enum SearchText {
    /// Case, diacritics, tatweel, hamza and alef forms, taa marbuta, alef maqsura and Arabic digits are folded;
    /// everything that is no letter or digit becomes one space.
    package static func fold(_ text: String) -> String {
        var folding = Folding(capacity: text.utf8.count)
        for scalar in text.unicodeScalars {
            // What nearly all texts are made of needs no look into the tables of Unicode.
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: folding.append(scalar)
            case 0x41...0x5A: folding.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0x00..<0x80: folding.endWord()
            case 0x0621...0x063A, 0x0641...0x064A: folding.append(base(of: scalar))
            case 0x064B...0x0652: break
            default: fold(scalar, into: &folding)
            }
        }
        return String(decoding: folding.bytes, as: UTF8.self)
    }

    private static func fold(_ scalar: Unicode.Scalar, into folding: inout Folding) {
        guard !isDropped(scalar) else { return }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
            if isWordPart(lower) { folding.append(base(of: lower)) } else { folding.endWord() }
        }
    }

    /// The folded text so far.
    private struct Folding {
        private(set) var bytes: [UInt8] = []
        private var isBetweenWords = false

        init(capacity: Int) {
            bytes.reserveCapacity(capacity)
        }

        mutating func append(_ scalar: Unicode.Scalar) {
            if isBetweenWords, !bytes.isEmpty { bytes.append(0x20) }
            isBetweenWords = false
            bytes.append(contentsOf: scalar.utf8)
        }

        mutating func endWord() {
            isBetweenWords = true
        }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Marks that change no meaning for a search: harakat, Quranic marks, tatweel, joiners, other combining marks.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0640, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: scalar.properties.generalCategory == .nonspacingMark
        }
    }

    private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x0622, 0x0623, 0x0625, 0x0671, 0x0672, 0x0673, 0x0675: "\u{0627}"  // آ أ إ ٱ → ا
        case 0x0624: "\u{0648}"  // ؤ → و
        case 0x0626, 0x0649, 0x06CC: "\u{064A}"  // ئ ى ی → ي
        case 0x0629, 0x06C1, 0x06D5: "\u{0647}"  // ة ہ ە → ه
        case 0x06A9, 0x06AA: "\u{0643}"  // ک → ك
        case 0x0660...0x0669: Unicode.Scalar(UInt8(scalar.value - 0x0660 + 0x30))
        case 0x06F0...0x06F9: Unicode.Scalar(UInt8(scalar.value - 0x06F0 + 0x30))
        case 0x00E0...0x00E5: "a"
        case 0x00E8...0x00EB: "e"
        case 0x00EC...0x00EF: "i"
        case 0x00F2...0x00F6: "o"
        case 0x00F9...0x00FC: "u"
        case 0x00E7: "c"
        case 0x00F1: "n"
        default: scalar
        }
    }
}
