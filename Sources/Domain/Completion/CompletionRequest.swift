/// What a language model is asked.
package struct CompletionRequest: Sendable, Equatable {
    package var messages: [CompletionMessage]
    package var tools: [ToolOffer]
    /// Of the answer.
    package var maxTokens: Int64
    /// From 0, always the same, to 2.
    package var temperature: Double
    /// Of the shop's instructions that it was made with; for the ledger, not for the model.
    package var version: Int64?

    package init(
        _ messages: [CompletionMessage],
        tools: [ToolOffer] = [],
        maxTokens: Int64 = 600,
        temperature: Double = 0.2
    ) {
        self.messages = messages
        self.tools = tools
        self.maxTokens = maxTokens
        self.temperature = temperature
    }

    /// About as many tokens as are sent, with tools.
    package var estimatedTokens: Int64 {
        let offers = tools.reduce(Int64(0)) { $0 + TokenUsage.estimate($1.json.text) }
        return messages.reduce(offers) { $0 + $1.estimatedTokens }
    }

    /// The body of a request for a stream (OpenAI API reference, "Create chat completion").
    package func json(model: String, _ dialect: CompletionDialect) -> JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "messages": .array(messages.map(\.json)),
            "stream": true,
            dialect.tokenLimit: .integer(maxTokens),
        ]
        if dialect.takesTemperature { members["temperature"] = .number(temperature) }
        if dialect.takesStreamOptions { members["stream_options"] = ["include_usage": true] }
        if !tools.isEmpty {
            members["tools"] = .array(tools.map(\.json))
            if dialect.takesParallelCalls { members["parallel_tool_calls"] = true }
        }
        return .object(members)
    }
}
