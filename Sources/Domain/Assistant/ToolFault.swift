/// What the model did wrong, in words that it can act on. Holds nothing that it may not know.
package struct ToolFault: Error, Equatable {
    package let message: String
    /// What helps it to do better.
    package let hints: [String: JSONValue]

    package init(_ message: String, hints: [String: JSONValue] = [:]) {
        self.message = message
        self.hints = hints
    }

    package var result: ToolResult {
        .answer(.object(hints.merging(["error": .string(message)]) { $1 }))
    }
}
