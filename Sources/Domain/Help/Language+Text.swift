extension Language {
    /// The language that most letters of a text belong to; nil for a text without letters.
    package static func mostOf(_ text: String) -> Language? {
        var arabic = 0
        var latin = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0620...0x064A, 0x066E...0x06D3, 0xFB50...0xFDFF, 0xFE70...0xFEFC: arabic += 1
            case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
            default: break
            }
        }
        guard arabic + latin > 0 else { return nil }
        return arabic >= latin ? .arabic : .english
    }

    package var other: Language {
        switch self {
        case .arabic: .english
        case .english: .arabic
        }
    }

    /// As instructions name it.
    var nameInEnglish: String {
        switch self {
        case .arabic: "Arabic"
        case .english: "English"
        }
    }
}
