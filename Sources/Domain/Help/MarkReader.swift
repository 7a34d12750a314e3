/// Puts the pieces back that `KeptPieces` took out, in a text that comes in pieces itself.
package struct MarkReader: Sendable, Equatable {
    /// A mark is short: what goes on longer is none.
    private static let maxMarkLength = 8

    private let pieces: [String]
    /// The marks that were found.
    package private(set) var used: Set<Int> = []
    /// What may become a mark.
    private var held = ""

    package init(_ pieces: [String]) {
        self.pieces = pieces
    }

    /// The text as far as it is sure.
    package mutating func take(_ text: String) -> String {
        guard !pieces.isEmpty else { return text }
        var sure = ""
        for scalar in text.unicodeScalars {
            if scalar == KeptPieces.opening {
                sure += flush()
                held.unicodeScalars.append(scalar)
            } else if held.isEmpty {
                sure.unicodeScalars.append(scalar)
            } else {
                held.unicodeScalars.append(scalar)
                if scalar == KeptPieces.closing { sure += piece() ?? held }
                if scalar == KeptPieces.closing { held = "" }
                if held.unicodeScalars.count > Self.maxMarkLength { sure += flush() }
            }
        }
        return sure
    }

    /// What is left when nothing follows.
    package mutating func flush() -> String {
        defer { held = "" }
        return held
    }

    private mutating func piece() -> String? {
        var number = 0
        for character in held.dropFirst().dropLast() where character != " " {
            guard let digit = character.wholeNumberValue, (0...9).contains(digit) else { return nil }
            number = number * 10 + digit
        }
        guard pieces.indices.contains(number - 1) else { return nil }
        used.insert(number)
        return pieces[number - 1]
    }
}
