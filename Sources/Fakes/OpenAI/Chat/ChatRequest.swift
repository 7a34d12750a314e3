/// A request for a completion that was found to be right.
struct ChatRequest: Sendable, Equatable {
    struct Tool: Sendable, Equatable {
        let name: String
        /// Its JSON schema; nil for a tool without parameters.
        let parameters: JSON?
    }

    enum Choice: Sendable, Equatable {
        case none
        case auto
        case required
        case tool(String)
    }

    /// What a tool answered in the last step.
    struct ToolResult: Sendable, Equatable {
        let tool: String
        let text: String
    }

    let model: String
    let messages: [JSON]
    let tools: [Tool]
    let choice: Choice
    let isStreamed: Bool
    let includesUsage: Bool
    let allowsParallelCalls: Bool
    let maxTokens: Int?

    /// The tools that may be called.
    var offered: [Tool] {
        switch choice {
        case .none: []
        case .auto, .required: tools
        case .tool(let name): tools.filter { $0.name == name }
        }
    }

    /// What somebody wrote last.
    var userText: String {
        messages.last { $0["role"] == "user" }.map { Self.text($0["content"]) } ?? ""
    }

    /// The instructions, joined.
    var systemText: String {
        messages.filter { $0["role"] == "system" || $0["role"] == "developer" }
            .map { Self.text($0["content"]) }.joined(separator: "\n")
    }

    /// Which answer of the model this is, from 1.
    var turn: Int {
        1 + messages.count { $0["role"] == "assistant" }
    }

    /// What the tools answered, when that is what the model is to go on from.
    var results: [ToolResult] {
        let answers = messages.reversed().prefix { $0["role"] == "tool" }.reversed()
        let calls = messages.dropLast(answers.count).last?["tool_calls"]?.array ?? []
        return answers.map { answer in
            let call = calls.first { $0["id"] == answer["tool_call_id"] }
            return ToolResult(
                tool: call?["function"]?["name"]?.string ?? "", text: Self.text(answer["content"]))
        }
    }

    var promptTokens: Int {
        messages.reduce(3) { $0 + 4 + Tokens.count(Self.text($1["content"])) }
            + tools.reduce(0) { $0 + Tokens.count($1.name) + Tokens.count($1.parameters?.text ?? "") }
    }

    /// The text of a message, whose content is a string or parts.
    static func text(_ content: JSON?) -> String {
        if let text = content?.string { return text }
        return (content?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
