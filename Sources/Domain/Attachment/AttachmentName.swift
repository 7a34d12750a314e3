/// Makes names of uploads harmless wherever they are shown or saved.
package enum AttachmentName {
    /// In characters, without the ending.
    package static let maxLength = 100
    /// In bytes of UTF-8, without the ending.
    package static let maxBytes = 180

    /// The last component of `name` without what could mislead people or file systems; its ending fits `type`.
    ///
    /// A file that is called `invoice.exe` and is a text becomes `invoice.exe.txt`: whoever opens it sees a text.
    package static func sanitised(_ name: String, for type: MediaType) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let clean = String(String.UnicodeScalarView(last.unicodeScalars.compactMap(harmless)))
        var (stem, ending) = parts(of: trimmed(clean[...]))
        if !type.endings.contains(ending.lowercased()) {
            stem = ending.isEmpty ? stem : "\(stem).\(ending)"
            ending = type.endings[0]
        }
        let short = trimmed(shortened(stem)[...])
        return "\(short.isEmpty ? "file" : short).\(ending)"
    }

    /// Nil for what is invisible or turns the direction of text around; `_` for what file systems refuse.
    private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}": return nil
        case "<", ">", ":", "\"", "|", "?", "*", "%": return "_"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: return nil
        default: return scalar
        }
    }

    /// Windows drops spaces and dots at the end; a dot at the start hides a file.
    private static func trimmed(_ text: Substring) -> Substring {
        let isTrim: (Character) -> Bool = { $0 == "." || $0.isWhitespace }
        let start = text.drop(while: isTrim)
        return start.lastIndex { !isTrim($0) }.map { start[...$0] } ?? ""
    }

    private static func parts(of name: Substring) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (String(name), "") }
        let ending = name[name.index(after: dot)...]
        let isEnding = (1...10).contains(ending.utf8.count) && ending.allSatisfy { $0.isASCII && !$0.isWhitespace }
        return isEnding ? (String(name[..<dot]), String(ending)) : (String(name), "")
    }

    private static func shortened(_ stem: String) -> String {
        var bytes = 0
        return String(
            stem.prefix(maxLength).prefix { character in
                bytes += character.utf8.count
                return bytes <= maxBytes
            }
        )
    }
}
