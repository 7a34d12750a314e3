/// Takes the marks out of an answer by which a model says what it used, piece by piece as the answer comes.
///
/// A mark is `[#3]`, or `[#3, #5]`, with any kind of digits that Arabic uses. The white space before it goes with it.
/// What may still become a mark is held back, so that nobody sees half of one; everything else passes at once.
package struct CitationReader: Sendable, Equatable {
    private enum Place: Sendable, Equatable {
        /// White space may be held.
        case text
        /// Behind `[`.
        case opened
        /// Behind `[#`.
        case mark
    }

    /// In scalars; what is longer is no mark.
    private static let maxHeld = 48

    /// In the order of their first use.
    package private(set) var numbers: [Int] = []
    private var place = Place.text
    private var held: [Unicode.Scalar] = []

    package init() {}

    /// Takes a piece; returns what may be shown.
    package mutating func take(_ piece: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars { take(scalar, &shown) }
        return String(shown)
    }

    /// The answer is over: what was held back is no mark.
    package mutating func finish() -> String {
        var shown = String.UnicodeScalarView()
        release(&shown)
        return String(shown)
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ shown: inout String.UnicodeScalarView) {
        if held.count >= Self.maxHeld { release(&shown) }
        switch (place, scalar) {
        case (.text, "["):
            hold(scalar, .opened)
        case (.text, " "), (.text, "\t"), (.text, "\u{A0}"):
            hold(scalar, .text)
        case (.opened, "#"):
            hold(scalar, .mark)
        case (.mark, "]"):
            close(&shown)
        case (.mark, _) where Self.digit(scalar) != nil || Self.separators.contains(scalar):
            hold(scalar, .mark)
        case (.text, _):
            release(&shown)
            shown.append(scalar)
        case (.opened, _), (.mark, _):
            release(&shown)
            take(scalar, &shown)
        }
    }

    private mutating func hold(_ scalar: Unicode.Scalar, _ next: Place) {
        held.append(scalar)
        place = next
    }

    private mutating func release(_ shown: inout String.UnicodeScalarView) {
        shown.append(contentsOf: held)
        held = []
        place = .text
    }

    private mutating func close(_ shown: inout String.UnicodeScalarView) {
        let cited = held.split { Self.digit($0) == nil }.map { digits in
            digits.prefix(6).reduce(0) { $0 * 10 + (Self.digit($1) ?? 0) }
        }
        guard !cited.isEmpty else {
            release(&shown)
            shown.append("]")
            return
        }
        for number in cited where !numbers.contains(number) { numbers.append(number) }
        held = []
        place = .text
    }

    private static let separators: Set<Unicode.Scalar> = ["#", ",", "،", " "]

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value - 0x30)
        case 0x0660...0x0669: Int(scalar.value - 0x0660)
        case 0x06F0...0x06F9: Int(scalar.value - 0x06F0)
        default: nil
        }
    }
}
