/// Cuts a long text into as few bubbles as fit.
package enum BubbleText {
    /// Pieces of at most `limit` UTF-16 units that together hold the text, but for white space around the cuts.
    ///
    /// It cuts behind a paragraph, else a line, else a sentence, else a word, each only in the second half of a
    /// bubble; else between two characters.
    package static func split(_ text: String, limit: Int = OutboundMessage.maxText) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while rest.utf16.count > limit {
            let cut = place(in: rest, limit: limit)
            append(rest[..<cut], to: &pieces)
            rest = rest[cut...]
        }
        append(rest, to: &pieces)
        return pieces
    }

    private static func append(_ piece: Substring, to pieces: inout [String]) {
        var piece = piece
        // The first and the last keep what stands at the ends of the text.
        if !pieces.isEmpty { piece = piece.drop(while: \.isWhitespace) }
        while let last = piece.last, last.isWhitespace { piece.removeLast() }
        if !piece.isEmpty { pieces.append(String(piece)) }
    }

    private static func place(in text: Substring, limit: Int) -> Substring.Index {
        var end = text.startIndex
        var units = 0
        var places: [Place: Substring.Index] = [:]
        var previous: Character?
        while end < text.endIndex {
            let character = text[end]
            units += character.utf16.count
            if units > limit { break }
            end = text.index(after: end)
            if units > limit / 2, let place = Place(behind: character, previous) { places[place] = end }
            previous = character
        }
        // One character may be longer than a bubble: it is cut between its scalars.
        guard end > text.startIndex else { return scalarPlace(in: text, limit: limit) }
        return Place.allCases.lazy.compactMap { places[$0] }.first ?? end
    }

    private static func scalarPlace(in text: Substring, limit: Int) -> Substring.Index {
        var end = text.startIndex
        var units = 0
        for scalar in text.unicodeScalars {
            units += scalar.utf16.count
            if units > limit { break }
            end = text.unicodeScalars.index(after: end)
        }
        return end > text.startIndex ? end : text.unicodeScalars.index(after: end)
    }

    /// Where a text may be cut, the best first.
    private enum Place: CaseIterable {
        case paragraph, line, sentence, word

        init?(behind character: Character, _ previous: Character?) {
            if character.isNewline {
                self = previous?.isNewline == true ? .paragraph : .line
            } else if character.isWhitespace {
                self = previous.map { ".!?؟。…".contains($0) } == true ? .sentence : .word
            } else {
                return nil
            }
        }
    }
}
