/// A line of an import as it was read: a code, or what is wrong with it.
package enum CodeLine: Sendable, Equatable {
    case code(String, expiresAt: Timestamp?, line: Int64)
    case problem(CodeLineProblem)

    package static let maxLength = 500

    /// What is looked at before a line counts as a code.
    init(text: String, expiry: String?, line: Int64, rules: CodeImportRules) {
        let trimmed = Self.trimmed(text)
        if let problem = Self.problem(with: trimmed, line) {
            self = .problem(problem)
            return
        }
        var expiresAt = rules.expiresAt
        if let given = expiry.map(Self.trimmed), !given.isEmpty {
            guard let moment = Self.moment(given) else {
                self = .problem(
                    CodeLineProblem(
                        line: line, "format", "expires_at must be a day like 2027-12-31 or a time of RFC 3339"))
                return
            }
            expiresAt = moment
        }
        if let expiresAt, expiresAt <= rules.now {
            self = .problem(CodeLineProblem(line: line, "expired", "the code has expired already"))
        } else {
            self = .code(trimmed, expiresAt: expiresAt, line: line)
        }
    }

    private static func problem(with text: String, _ line: Int64) -> CodeLineProblem? {
        if text.isEmpty { return CodeLineProblem(line: line, "required", "the code is missing") }
        // A scalar takes at least one byte, so a short text needs no counting.
        if text.utf8.count > maxLength, text.unicodeScalars.count > maxLength {
            return CodeLineProblem(line: line, "too_long", "a code has at most \(maxLength) characters")
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            return CodeLineProblem(line: line, "format", "a code is one line of text")
        }
        if SecretMask(text) != nil { return CodeLineProblem(line: line, "format", "this is a mask, and no code") }
        return nil
    }

    /// A moment, or a day through which the code works (UTC).
    private static func moment(_ text: String) -> Timestamp? {
        text.utf8.count == 10
            ? Timestamp(rfc3339: text + "T00:00:00Z").map { $0 + .seconds(86_400) }
            : Timestamp(rfc3339: text)
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}

/// What holds for all lines of an import.
package struct CodeImportRules: Sendable, Equatable {
    /// For lines that say nothing; nil never.
    package let expiresAt: Timestamp?
    package let now: Timestamp
    /// Of one line.
    package let maxLineBytes: Int

    package init(expiresAt: Timestamp?, now: Timestamp, maxLineBytes: Int = 16 * 1024) {
        self.expiresAt = expiresAt
        self.now = now
        self.maxLineBytes = maxLineBytes
    }
}
