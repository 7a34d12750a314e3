/// Decides where an article is cut into passages: at headings, then between paragraphs, then between sentences.
///
/// A passage never reaches over a heading. Where a section is cut, the next passage begins with the end of the one
/// before, so that what is said across the cut is found as well.
package struct PassageCutter: Sendable, Equatable {
    /// Of a passage, in characters: some sentences, which a model reads as one thing.
    package let maxLength: Int
    /// What a passage repeats of the one before, in characters at most; whole sentences or words.
    package let overlap: Int

    package init(maxLength: Int = 900, overlap: Int = 120) {
        self.maxLength = max(2, maxLength)
        self.overlap = min(max(0, overlap), self.maxLength / 2)
    }

    /// At least one, for a body that has some text.
    package func passages(of body: String) -> [Passage] {
        var passages: [Passage] = []
        for section in MarkdownSections.of(body) {
            for text in texts(of: section.paragraphs) {
                passages.append(Passage(number: passages.count, heading: section.heading, text: text))
            }
        }
        return passages
    }

    private func texts(of paragraphs: [String]) -> [String] {
        var texts: [String] = []
        var current = ""
        for paragraph in paragraphs {
            var separator = "\n\n"
            for unit in units(of: paragraph) {
                if current.isEmpty {
                    current = unit
                } else if current.count + separator.count + unit.count <= maxLength {
                    current += separator + unit
                } else {
                    texts.append(current)
                    let tail = tail(of: current, room: maxLength - unit.count - separator.count)
                    current = tail.isEmpty ? unit : tail + separator + unit
                }
                separator = " "
            }
        }
        return current.isEmpty ? texts : texts + [current]
    }

    /// The paragraph, or its sentences when it is too long to stand beside the end of the passage before.
    private func units(of paragraph: String) -> [String] {
        let room = maxLength - overlap - 2
        guard paragraph.count > room else { return [paragraph] }
        return Self.sentences(of: paragraph).flatMap { Self.pieces(of: $0, maxLength: max(1, room)) }
    }

    /// The last sentence, or its last words; empty when not even a word has room.
    private func tail(of text: String, room: Int) -> String {
        let most = min(overlap, room)
        guard let last = Self.sentences(of: text).last, most > 0 else { return "" }
        guard last.count > most else { return last }
        let end = last.suffix(most)
        guard let space = end.firstIndex(where: \.isWhitespace) else { return "" }
        return String(end[space...].drop(while: \.isWhitespace))
    }

    private static let ends: Set<Character> = [".", "!", "?", "؟", "؛", "…", "\n"]

    /// Without the white space between them.
    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var hasEnded = false
        for character in text {
            if hasEnded, character.isWhitespace {
                if !current.isEmpty { sentences.append(current) }
                current = ""
            } else if !current.isEmpty || !character.isWhitespace {
                current.append(character)
            }
            hasEnded = ends.contains(character) || current.isEmpty
        }
        while current.last?.isWhitespace == true { current.removeLast() }
        return current.isEmpty ? sentences : sentences + [current]
    }

    /// Between words where there are some, or else anywhere.
    private static func pieces(of sentence: String, maxLength: Int) -> [String] {
        var pieces: [String] = []
        var rest = sentence[...]
        while rest.count > maxLength {
            let head = rest.prefix(maxLength)
            let cut = head.lastIndex(where: \.isWhitespace).flatMap { $0 > head.startIndex ? $0 : nil } ?? head.endIndex
            pieces.append(String(rest[..<cut]))
            rest = rest[cut...].drop(while: \.isWhitespace)
        }
        return rest.isEmpty ? pieces : pieces + [String(rest)]
    }
}
