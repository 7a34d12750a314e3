/// Pieces of text in the size of a model's tokens; how they are cut is the fake's own way.
enum Tokens {
    /// Characters of a piece, at most, beside the space before it.
    private static let longest = 5

    /// The pieces of a text, which make the text when they are joined.
    static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var letters = 0
        for character in text {
            let isSpace = character.isWhitespace
            if isSpace || letters == longest {
                if !piece.isEmpty { pieces.append(piece) }
                piece = ""
                letters = 0
            }
            piece.append(character)
            if !isSpace { letters += 1 }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    static func count(_ text: String) -> Int {
        pieces(text).count
    }
}
