/// A tool that the model asks for.
package struct ToolCall: Sendable, Equatable {
    /// The server's; its answer carries the same.
    package let id: String
    /// As the model wrote it: it may name no tool that was offered.
    package let name: String
    /// JSON as the model wrote it: it may be malformed, and name what was never declared.
    package let arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
