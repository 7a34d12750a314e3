/// A transcript as plain text: a line for each message, its further lines indented.
///
/// So nobody can write a message that looks like one of somebody else. Names and texts keep their own direction
/// (Unicode Standard Annex 9, isolates).
package struct TranscriptText: TranscriptForm {
    private let words: TranscriptWords

    package init(_ words: TranscriptWords) {
        self.words = words
    }

    package func head() -> String { "\(words.title)\n\(words.timeZone)\n\n" }

    package func text(of line: TranscriptLine) -> String {
        var name = Self.isolated(line.name.split(whereSeparator: \.isNewline).joined(separator: " "))
        if line.side == .note { name += " (\(words.note))" }
        let edited = line.isEdited && line.text != nil ? " (\(words.edited))" : ""
        let lines = line.text?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { Self.isolated(String($0)) }
        let text = lines?.joined(separator: "\n    ") ?? "(\(words.deleted))"
        return "[\(words.time(of: line.at))] \(name): \(text)\(edited)\n"
    }

    package func foot() -> String { "" }

    /// What closes an isolate inside is left out, so that it cannot end early.
    private static func isolated(_ text: String) -> String {
        "\u{2068}\(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{2069}" })))\u{2069}"
    }
}
