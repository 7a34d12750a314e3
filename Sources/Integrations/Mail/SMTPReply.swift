/// What a mail server says to a command (RFC 5321 section 4.2).
struct SMTPReply: Sendable, Equatable {
    let code: Int
    /// Without codes and line ends.
    let lines: [String]

    /// Whether the server did, or goes on with, what it was asked for.
    var isPositive: Bool { (200..<400).contains(code) }
    /// Whether the same may be answered otherwise later.
    var isTransient: Bool { (400..<500).contains(code) }

    /// Class, subject and detail (RFC 3463), as in `5.1.1`; nil when the server gives none.
    var enhancedStatus: String? {
        guard let word = lines.first?.split(separator: " ").first else { return nil }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 1,
            parts.allSatisfy({ (1...3).contains($0.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return String(word)
    }

    /// In one line, for people who look into it.
    var text: String { "\(code) \(lines.joined(separator: " "))" }
}

/// Cuts what a mail server says into replies, however it arrives.
struct SMTPReplyReader: Sendable {
    /// Longer than any reply; more is none.
    static let maxBytes = 64 * 1024

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []
    private var bytes = 0
    private var replies: [SMTPReply] = []

    /// Whether nothing is left of what was taken.
    var isEmpty: Bool { line.isEmpty && code == nil && replies.isEmpty }

    /// Returns false for what no mail server says; then it is of no use any more.
    mutating func take(_ new: some Sequence<UInt8>) -> Bool {
        for byte in new {
            bytes += 1
            guard bytes <= Self.maxBytes else { return false }
            if byte != UInt8(ascii: "\n") {
                line.append(byte)
                continue
            }
            guard endLine() else { return false }
        }
        return true
    }

    mutating func next() -> SMTPReply? { replies.isEmpty ? nil : replies.removeFirst() }

    private mutating func endLine() -> Bool {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let digits = line.prefix(3).map { Int($0) - 0x30 }
        guard digits.count == 3, digits.allSatisfy({ (0...9).contains($0) }), (2...5).contains(digits[0]) else {
            return false
        }
        let number = digits[0] * 100 + digits[1] * 10 + digits[2]
        let isLast = line.count < 4 || line[3] != UInt8(ascii: "-")
        guard code.map({ $0 == number }) ?? true else { return false }
        code = number
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        line.removeAll()
        if isLast {
            replies.append(SMTPReply(code: number, lines: lines))
            code = nil
            lines = []
            bytes = 0
        }
        return true
    }
}
