/// The pieces of a text that a translation must not touch: links, addresses and codes.
///
/// The model gets the text with marks like `⟦1⟧` in their place, and what it writes gets them back. So it cannot change
/// a code, and never sees one. Short numbers stay, because words around them depend on them; they are only looked for
/// afterwards.
package struct KeptPieces: Sendable, Equatable {
    static let opening: Unicode.Scalar = "⟦"
    static let closing: Unicode.Scalar = "⟧"

    /// The text with marks.
    package let marked: String
    /// By the number of their mark, from 1.
    package let pieces: [String]
    private let numbers: [String]

    package init(_ text: String) {
        var marked = ""
        var plain = ""
        var pieces: [String] = []
        func keep(_ piece: String) {
            pieces.append(piece)
            marked += "\(Self.opening)\(pieces.count)\(Self.closing)"
            plain += " "
        }
        for run in Self.runs(of: text) {
            if Self.isMark(run) {
                keep(run)
                continue
            }
            let (head, core, tail) = Self.trimmed(run)
            if run.unicodeScalars.allSatisfy(Self.isOfCodes), Self.isKept(core) {
                marked += head
                keep(core)
                marked += tail
            } else {
                marked += run
                plain += run
            }
        }
        (self.marked, self.pieces, numbers) = (marked, pieces, Self.numbers(in: plain))
    }

    /// What should be in a translation and is not: pieces whose mark is not `used`, and numbers.
    package func missing(from translation: String, used: Set<Int>) -> [String] {
        let there = Set(Self.numbers(in: translation))
        return pieces.enumerated().compactMap { used.contains($0 + 1) ? nil : $1 }
            + numbers.filter { !there.contains($0) }
    }

    // MARK: What is kept

    /// Cuts a text where characters of codes and links begin or end; a mark that was there before stands alone.
    private static func runs(of text: String) -> [String] {
        var runs: [String] = []
        var isCode: Bool?
        for scalar in text.unicodeScalars {
            let belongs = isOfCodes(scalar)
            if isMark(String(scalar)) || belongs != isCode { runs.append("") }
            runs[runs.count - 1].unicodeScalars.append(scalar)
            isCode = isMark(String(scalar)) ? nil : belongs
        }
        return runs
    }

    private static func isMark(_ run: String) -> Bool { run == String(opening) || run == String(closing) }

    private static func isOfCodes(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F && !"\"<>{}|\\^`".unicodeScalars.contains(scalar)
    }

    /// Signs around a piece belong to the sentence.
    private static func trimmed(_ run: String) -> (head: String, core: String, tail: String) {
        let isSign = { (character: Character) in ".,:;!?()[]'*_-".contains(character) }
        let head = run.prefix(while: isSign)
        let rest = run.dropFirst(head.count)
        let tail = rest.reversed().prefix(while: isSign).count
        return (String(head), String(rest.dropLast(tail)), String(rest.suffix(tail)))
    }

    private static func isKept(_ core: String) -> Bool {
        if core.contains("://") || core.hasPrefix("www.") { return true }
        if core.contains("@"), core.contains(".") { return true }
        let digits = core.count { $0.isNumber }
        let letters = core.count { $0.isLetter }
        let isJoined = core.contains { "-_/".contains($0) }
        return digits > 0 && letters > 0 && core.count >= 5 || digits >= 7 && !core.contains(",")
            || digits >= 4 && isJoined || letters >= 8 && isJoined && core == core.uppercased()
    }

    // MARK: Numbers

    /// Numbers of two digits or more, whichever digits they are written in. Separators of thousands do not count.
    private static func numbers(in text: String) -> [String] {
        var numbers: [String] = []
        var current = ""
        var separator = false
        for character in text {
            if let digit = character.isNumber ? character.wholeNumberValue : nil, digit < 10 {
                current += String(digit)
                separator = false
            } else if !current.isEmpty, !separator, ",٬".contains(character) {
                separator = true
            } else {
                if current.count > 1 { numbers.append(current) }
                (current, separator) = ("", false)
            }
        }
        if current.count > 1 { numbers.append(current) }
        return numbers
    }
}
