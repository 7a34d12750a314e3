/// The parts of a text between the headings of Markdown; plain text is one part.
///
/// Only headings with `#` count (CommonMark section 4.2), and none in a block of code (section 4.5).
enum MarkdownSections {
    struct Section: Equatable {
        /// The headings above it, the outermost first, with ` › ` between.
        var heading: String
        var paragraphs: [String]
    }

    /// Headings with nothing below them say something too: they stand as their own paragraph.
    static func of(_ body: String) -> [Section] {
        var sections: [Section] = []
        var headings: [(level: Int, text: String)] = []
        var paragraphs: [String] = []
        var lines: [Substring] = []
        var isCode = false

        func endParagraph() {
            let text = trimmed(lines.joined(separator: "\n")[...])
            if !text.isEmpty { paragraphs.append(String(text)) }
            lines = []
        }
        func endSection(before level: Int?) {
            endParagraph()
            let isLeaf = headings.last.map { level ?? 0 <= $0.level } ?? false
            let above = headings.map(\.text)
            if !paragraphs.isEmpty {
                sections.append(Section(heading: above.joined(separator: " › "), paragraphs: paragraphs))
            } else if let last = above.last, isLeaf, !last.isEmpty {
                sections.append(Section(heading: above.dropLast().joined(separator: " › "), paragraphs: [last]))
            }
            paragraphs = []
        }

        for line in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let text = trimmed(line)
            if text.hasPrefix("```") || text.hasPrefix("~~~") { isCode.toggle() }
            if !isCode, let heading = heading(text) {
                endSection(before: heading.level)
                headings.removeAll { $0.level >= heading.level }
                headings.append(heading)
            } else if text.isEmpty, !isCode {
                endParagraph()
            } else {
                lines.append(line)
            }
        }
        endSection(before: nil)
        return sections
    }

    private static func heading(_ line: Substring) -> (level: Int, text: String)? {
        let level = line.prefix { $0 == "#" }.count
        let rest = line.dropFirst(level)
        guard (1...6).contains(level), rest.isEmpty || rest.first?.isWhitespace == true else { return nil }
        var text = trimmed(rest)
        let closed = trimmed(text.prefix(text.count - text.reversed().prefix { $0 == "#" }.count))
        if closed.endIndex < text.endIndex, closed.isEmpty || text[closed.endIndex].isWhitespace { text = closed }
        return (level, String(text))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
