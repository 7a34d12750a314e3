/// A text that a tool takes: told to the model and checked by the same words.
package struct ToolParameter: Sendable, Equatable {
    package let name: String
    package let note: String
    /// In characters.
    package let maxLength: Int
    package let isRequired: Bool

    package static func required(_ name: String, _ maxLength: Int, _ note: String) -> Self {
        Self(name: name, note: note, maxLength: maxLength, isRequired: true)
    }

    package static func optional(_ name: String, _ maxLength: Int, _ note: String) -> Self {
        Self(name: name, note: note, maxLength: maxLength, isRequired: false)
    }

    fileprivate var json: JSONValue {
        ["type": "string", "description": .string(note), "maxLength": .integer(Int64(maxLength))]
    }
}

extension ToolOffer {
    package init(name: String, purpose: String, _ parameters: [ToolParameter]) {
        let properties = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.json) })
        self.init(
            name: name,
            purpose: purpose,
            parameters: [
                "type": "object",
                "properties": .object(properties),
                "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
                "additionalProperties": false,
            ]
        )
    }
}
