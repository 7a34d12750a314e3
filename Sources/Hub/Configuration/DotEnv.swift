/// The text of a `.env` file, read line by line.
///
/// A line is `NAME=value`, `export NAME=value`, a comment after `#`, or blank. A value stands plain (up to ` #`,
/// without the spaces around it), in single quotes (as it is) or in double quotes (with `\n \r \t \" \\ \$`).
/// Nothing is expanded, and no value goes over the end of its line.
struct DotEnv: Equatable {
    struct Entry: Equatable {
        let name: String
        let value: String
        /// Counted from 1.
        let line: Int
    }

    let entries: [Entry]

    /// - Parameter file: How errors call the file.
    init(_ text: String, file: String) throws(ConfigurationError) {
        var entries: [Entry] = []
        let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        // Splitting scalars, because CR LF is one character.
        for (index, line) in body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var scanner = LineScanner(line.last == "\r" ? line.dropLast() : line)
            do throws(SettingProblem) {
                guard let (name, value) = try scanner.assignment() else { continue }
                if let earlier = entries.first(where: { $0.name == name }) {
                    throw SettingProblem("gives \(name) again, after line \(earlier.line)")
                }
                entries.append(Entry(name: name, value: value, line: index + 1))
            } catch {
                throw ConfigurationError(
                    name: "\(file) line \(index + 1)",
                    problem: error.text,
                    accepted: #"NAME=value, NAME="value", or # and a comment"#
                )
            }
        }
        self.entries = entries
    }
}

/// Reads one line from left to right.
private struct LineScanner {
    private var rest: Substring.UnicodeScalarView

    init(_ line: Substring.UnicodeScalarView) {
        rest = line
    }

    /// Nil for a blank line or a comment.
    mutating func assignment() throws(SettingProblem) -> (name: String, value: String)? {
        skipSpaces()
        guard let first = rest.first, first != "#" else { return nil }
        var name = word()
        if name == "export", rest.first.map(Self.isSpace) == true {
            skipSpaces()
            name = word()
        }
        guard let head = name.unicodeScalars.first, !("0"..."9").contains(head) else {
            throw SettingProblem("does not begin with a name")
        }
        skipSpaces()
        guard rest.first == "=" else { throw SettingProblem("has no = after its name") }
        rest.removeFirst()
        skipSpaces()
        return (name, try value())
    }

    private mutating func value() throws(SettingProblem) -> String {
        switch rest.first {
        case "'", "\"": return try quoted()
        default:
            var text = Substring.UnicodeScalarView()
            while let scalar = rest.first, !(scalar == "#" && text.last.map(Self.isSpace) != false) {
                text.append(scalar)
                rest.removeFirst()
            }
            while text.last.map(Self.isSpace) == true { text.removeLast() }
            return String(text)
        }
    }

    private mutating func quoted() throws(SettingProblem) -> String {
        let quote = rest.removeFirst()
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == quote {
                skipSpaces()
                guard rest.isEmpty || rest.first == "#" else { throw SettingProblem("goes on after its closing quote") }
                return String(text)
            }
            text.append(scalar == "\\" && quote == "\"" ? try escaped() : scalar)
        }
        throw SettingProblem("has a quote that is not closed")
    }

    private mutating func escaped() throws(SettingProblem) -> Unicode.Scalar {
        switch rest.popFirst() {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case let scalar? where ["\"", "\\", "$"].contains(scalar): return scalar
        default: throw SettingProblem(#"has a backslash before something other than n r t " \ $"#)
        }
    }

    private mutating func word() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = rest.first, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar == "_"
                || ("0"..."9").contains(scalar)
        {
            text.append(scalar)
            rest.removeFirst()
        }
        return String(text)
    }

    private mutating func skipSpaces() {
        rest = rest.drop(while: Self.isSpace)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
