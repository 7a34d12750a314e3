/// A tool that the model called while it was tried.
package struct PlaygroundCall: Sendable, Equatable {
    package let name: String
    /// As the model wrote it.
    package let arguments: String
    /// What the model was told.
    package let result: String

    package init(name: String, arguments: String, result: String) {
        self.name = name
        self.arguments = arguments
        self.result = result
    }

    package var document: JSONValue {
        ["name": .string(name), "arguments": .string(arguments), "result": .string(result)]
    }
}
