/// A tool that the model may ask for.
package struct ToolOffer: Sendable, Equatable {
    /// Letters, digits, `_` and `-`, at most 64.
    package let name: String
    /// What it does and when to use it, for the model.
    package let purpose: String
    /// JSON Schema of its arguments.
    package let parameters: JSONValue

    package init(name: String, purpose: String, parameters: JSONValue) {
        self.name = name
        self.purpose = purpose
        self.parameters = parameters
    }

    var json: JSONValue {
        [
            "type": "function",
            "function": ["name": .string(name), "description": .string(purpose), "parameters": parameters],
        ]
    }
}
