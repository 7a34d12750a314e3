extension CompletionMessage {
    /// Everything in it that somebody wrote.
    package var texts: [String] {
        switch self {
        case .system(let text), .user(let text), .tool(_, let text): [text]
        case .assistant(let text, let calls): [text] + calls.map(\.arguments)
        }
    }

    package func mapTexts(_ change: (String) -> String) -> CompletionMessage {
        switch self {
        case .system(let text): .system(change(text))
        case .user(let text): .user(change(text))
        case .tool(let call, let text): .tool(call: call, change(text))
        case .assistant(let text, let calls):
            .assistant(
                change(text),
                calls: calls.map { ToolCall(id: $0.id, name: $0.name, arguments: change($0.arguments)) })
        }
    }
}
