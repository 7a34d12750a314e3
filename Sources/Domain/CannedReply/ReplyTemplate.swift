/// A text with variables like `{{contact.name}}`, which are filled in and never evaluated.
///
/// What is filled in is text and nothing else: `{{` in a customer's name stays as it is. Spaces inside the braces do
/// not matter. Single braces are text.
package struct ReplyTemplate: Sendable, Equatable {
    /// As long as a message may be, in characters.
    package static let maxLength = MessageBody.maxTextLength

    package struct Filled: Sendable, Equatable {
        /// Variables without a value still stand in it, so that an agent sees what is missing.
        package let text: String
        /// In the order of their first place. Nothing is sent while there are some.
        package let missing: [ReplyVariable]
    }

    private enum Part: Sendable, Equatable {
        case text(String)
        case variable(ReplyVariable, source: String)
    }

    /// As it was written.
    package let source: String
    private let parts: [Part]

    /// Throws `invalid` with every name that is none and every brace that is not closed.
    ///
    /// - Parameter field: Where the text stands in what is being written.
    package init(_ source: String, at field: String) throws(HubError) {
        var problems: [FieldProblem] = []
        if source.count > Self.maxLength {
            problems.append(FieldProblem(field, "too_long", "takes at most \(Self.maxLength) characters"))
        }
        if source.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            problems.append(FieldProblem(field, "required", "must have some text"))
        }
        var parts: [Part] = []
        var rest = source[...]
        while let open = rest.firstRange(of: "{{") {
            parts.append(.text(String(rest[..<open.lowerBound])))
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                problems.append(FieldProblem(field, "format", "has {{ without }}"))
                break
            }
            let name = Self.trimmed(rest[open.upperBound..<close.lowerBound])
            if let variable = ReplyVariable(rawValue: name) {
                parts.append(.variable(variable, source: String(rest[open.lowerBound..<close.upperBound])))
            } else {
                let known = ReplyVariable.allCases.map(\.rawValue).joined(separator: ", ")
                problems.append(FieldProblem(field, "unknown", "names \(name.prefix(40)), but there is only: \(known)"))
            }
            rest = rest[close.upperBound...]
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.source = source
        self.parts = parts + [.text(String(rest))]
    }

    package var variables: Set<ReplyVariable> {
        Set(
            parts.compactMap { part in
                switch part {
                case .text: nil
                case .variable(let variable, _): variable
                }
            })
    }

    /// Puts the values in place. A blank value is a missing one.
    package func filled(_ values: [ReplyVariable: String]) -> Filled {
        var text = ""
        var missing: [ReplyVariable] = []
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .variable(let variable, let source):
                if let value = values[variable], !value.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                    text += value
                } else {
                    text += source
                    if !missing.contains(variable) { missing.append(variable) }
                }
            }
        }
        return Filled(text: text, missing: missing)
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.prefix(start.count - start.reversed().prefix { $0.isWhitespace }.count))
    }
}
