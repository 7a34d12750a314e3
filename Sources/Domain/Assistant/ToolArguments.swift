/// The arguments of a call, as its parameters allow them.
package struct ToolArguments: Sendable {
    private let texts: [String: String]

    /// Throws a fault for what was not declared, is missing, is no text or is too long. Null and blank texts count as
    /// nothing.
    package init(_ json: JSONValue, _ parameters: [ToolParameter]) throws(ToolFault) {
        let members = json.object ?? [:]
        let names = parameters.map(\.name)
        guard members.keys.allSatisfy(names.contains) else {
            let known = names.isEmpty ? "none" : names.joined(separator: ", ")
            throw ToolFault("there are arguments that this tool does not have; it has: \(known)")
        }
        var texts: [String: String] = [:]
        for parameter in parameters {
            if let text = try Self.text(members[parameter.name], parameter) {
                texts[parameter.name] = text
            } else if parameter.isRequired {
                throw ToolFault("\(parameter.name) is missing")
            }
        }
        self.texts = texts
    }

    package subscript(_ parameter: ToolParameter) -> String? { texts[parameter.name] }

    private static func text(_ value: JSONValue?, _ parameter: ToolParameter) throws(ToolFault) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string else { throw ToolFault("\(parameter.name) must be a text") }
        guard text.utf8.count <= parameter.maxLength * 8, text.count <= parameter.maxLength else {
            throw ToolFault("\(parameter.name) must have at most \(parameter.maxLength) characters")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }) else {
            throw ToolFault("\(parameter.name) must not hold control characters")
        }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
