/// What a module loads while it runs: each `import("…")` of its code.
///
/// Only code counts. What looks like an import in a comment, a string or a regular expression loads nothing.
struct LaterImports {
    /// As the module names them, e.g. `./panel.js`, in their order.
    private(set) var names: [String] = []
    /// Whether there is one whose name is made while the module runs, so that nobody can know it before.
    private(set) var hasUnnamed = false

    private let text: [Unicode.Scalar]
    private var place = 0

    init(of text: String) {
        // Few modules have any, and to read each to its end would take longer than the rest of a start.
        let mayHave = text.contains("import(") || text.contains("import (")
        self.text = mayHave ? Array(text.unicodeScalars) : []
        readCode(inTemplate: false)
    }

    // MARK: Code

    /// Reads until the end; in a template, until the brace that closes what its `${` opened.
    private mutating func readCode(inTemplate: Bool) {
        var depth = 0
        // A slash after a value divides; after anything else it begins a regular expression (ECMA-262, section 12).
        var isAfterValue = false
        var isMember = false
        while let next = peek() {
            if Self.isOfName(next) {
                let word = readWord()
                if word == "import", !isMember { readCall() }
                isAfterValue = isMember || !Self.operators.contains(word)
                isMember = false
                continue
            }
            switch (next, peek(1)) {
            case ("/", "/"): skip(through: "\n")
            case ("/", "*"): skipComment()
            case ("/", _) where !isAfterValue:
                skipExpression()
                isAfterValue = true
            case ("\"", _), ("'", _):
                _ = readString()
                isAfterValue = true
            case ("`", _):
                readTemplate()
                isAfterValue = true
            case ("}", _) where inTemplate && depth == 0:
                place += 1
                return
            default:
                if next == "{" { depth += 1 }
                if next == "}" { depth -= 1 }
                if !next.properties.isWhitespace {
                    isAfterValue = next == ")" || next == "]" || next == "}"
                    isMember = next == "."
                }
                place += 1
            }
        }
    }

    /// After the word `import`: a call, or a statement, which is not ours to read.
    private mutating func readCall() {
        skipSpaces()
        guard peek() == "(" else { return }
        place += 1
        skipSpaces()
        guard let quote = peek(), quote == "\"" || quote == "'", let name = readString() else {
            hasUnnamed = true
            return
        }
        skipSpaces()
        if peek() == ")" { names.append(name) } else { hasUnnamed = true }
    }

    // MARK: What is no code

    /// What stands in quotes; nil when they do not close on their line.
    private mutating func readString() -> String? {
        let quote = text[place]
        let start = place + 1
        place = start
        while let next = peek(), next != "\n" {
            place += next == "\\" ? 2 : 1
            if next == quote { return string(start..<place - 1) }
        }
        return nil
    }

    private mutating func readTemplate() {
        place += 1
        while let next = peek() {
            if next == "$", peek(1) == "{" {
                place += 2
                readCode(inTemplate: true)
            } else {
                place += next == "\\" ? 2 : 1
                if next == "`" { return }
            }
        }
    }

    /// A regular expression, which ends on its line; a slash between brackets is one of its characters.
    private mutating func skipExpression() {
        var isInClass = false
        place += 1
        while let next = peek(), next != "\n" {
            place += next == "\\" ? 2 : 1
            switch next {
            case "[": isInClass = true
            case "]": isInClass = false
            case "/" where !isInClass: return
            default: break
            }
        }
    }

    private mutating func skipComment() {
        place += 2
        while let next = peek() {
            place += 1
            if next == "*", peek() == "/" {
                place += 1
                return
            }
        }
    }

    private mutating func skip(through last: Unicode.Scalar) {
        while let next = peek() {
            place += 1
            if next == last { return }
        }
    }

    private mutating func skipSpaces() {
        while let next = peek(), next.properties.isWhitespace { place += 1 }
    }

    // MARK: Characters

    /// Words before a regular expression, although they look like names.
    private static let operators: Set = [
        "await", "case", "delete", "do", "else", "in", "instanceof", "new", "of", "return", "throw", "typeof", "void",
        "yield",
    ]

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        place + ahead < text.count ? text[place + ahead] : nil
    }

    private mutating func readWord() -> String {
        let start = place
        while let next = peek(), Self.isOfName(next) { place += 1 }
        return string(start..<place)
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "$", "#": true
        default: !scalar.isASCII
        }
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(text[range]))
    }
}
