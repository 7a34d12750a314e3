/// Words of a text that may be codes.
package enum CodeWords {
    /// What stands in the place of a code.
    package static let placeholder = "[code hidden]"

    /// As short as a code may be that is worth stealing, in bytes.
    private static let minLength = 4
    /// As long as an import takes, in bytes.
    private static let maxLength = 2000

    /// Each word as it stands, without the marks around it, and the parts between marks.
    package static func of(_ text: String) -> Set<String> {
        var words: Set<String> = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            add(word, to: &words)
            add(trimmed(word), to: &words)
            for part in word.split(whereSeparator: isMark) { add(trimmed(part), to: &words) }
        }
        return words
    }

    /// Without a digit or a Latin letter it is a word of a language.
    private static func add(_ word: Substring, to words: inout Set<String>) {
        guard (minLength...maxLength).contains(word.utf8.count), word.utf8.contains(where: isOfCodes) else { return }
        words.insert(String(word))
    }

    private static func isOfCodes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// What people and JSON put around a word.
    private static func isMark(_ character: Character) -> Bool {
        switch character {
        case "\"", "'", ",", ";", ":", "،", "؛", "؟", "?", "!", "(", ")", "[", "]", "{", "}", "<", ">", "«", "»", "=",
            "/", "\\", "|", "`", "*", "“", "”":
            true
        default: false
        }
    }

    private static func trimmed(_ word: Substring) -> Substring {
        var word = word
        while let first = word.first, isMark(first) || first == "." { word.removeFirst() }
        while let last = word.last, isMark(last) || last == "." { word.removeLast() }
        return word
    }
}
