/// A call of a tool as a model writes it; nothing says that its arguments are JSON.
struct ToolCall: Sendable, Equatable {
    let id: String
    var name: String
    var arguments: String

    var json: JSON {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }
}
