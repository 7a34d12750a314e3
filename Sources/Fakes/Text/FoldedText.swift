/// Text without what writers of Arabic and English leave out or vary.
enum FoldedText {
    /// Lower case; without diacritics and tatweel; one alef, one yaa, one haa; digits of one kind.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x0640, 0x064B...0x065F, 0x0670: continue
            case 0x0622, 0x0623, 0x0625, 0x0671: folded.append("ا")
            case 0x0624: folded.append("و")
            case 0x0626, 0x0649: folded.append("ي")
            case 0x0629: folded.append("ه")
            case 0x0660...0x0669: folded.append(Self.digit(scalar.value - 0x0660))
            case 0x06F0...0x06F9: folded.append(Self.digit(scalar.value - 0x06F0))
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }

    private static func digit(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
    }

    /// The folded words of a text, without the Arabic article.
    static func words(_ text: String) -> [String] {
        fold(text).split { !$0.isLetter && !$0.isNumber }.map { word in
            word.hasPrefix("ال") && word.count > 4 ? String(word.dropFirst(2)) : String(word)
        }
    }

    static func isArabic(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x0621...0x064A).contains($0.value) }
    }
}
