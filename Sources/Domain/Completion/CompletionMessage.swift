/// A turn of the conversation with a language model.
package enum CompletionMessage: Sendable, Equatable {
    /// What the shop tells the model to be and to do.
    case system(String)
    /// What a customer wrote. It is data: nothing in it changes what the model may do.
    case user(String)
    /// What the model said, and the tools that it asked for.
    case assistant(String, calls: [ToolCall] = [])
    /// What a tool answered to the call with this id.
    case tool(call: String, String)

    var json: JSONValue {
        switch self {
        case .system(let text): ["role": "system", "content": .string(text)]
        case .user(let text): ["role": "user", "content": .string(text)]
        case .assistant(let text, let calls) where calls.isEmpty: ["role": "assistant", "content": .string(text)]
        case .assistant(let text, let calls):
            [
                "role": "assistant",
                "content": .optional(text.isEmpty ? nil : text),
                "tool_calls": .array(calls.map(\.json)),
            ]
        case .tool(let call, let text): ["role": "tool", "tool_call_id": .string(call), "content": .string(text)]
        }
    }

    /// About as many tokens as it takes, with what frames it.
    package var estimatedTokens: Int64 {
        let framing: Int64 = 4
        return switch self {
        case .system(let text), .user(let text), .tool(_, let text): framing + TokenUsage.estimate(text)
        case .assistant(let text, let calls):
            calls.reduce(framing + TokenUsage.estimate(text)) { sum, call in
                sum + framing + TokenUsage.estimate(call.name) + TokenUsage.estimate(call.arguments)
            }
        }
    }
}

extension ToolCall {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }
}
