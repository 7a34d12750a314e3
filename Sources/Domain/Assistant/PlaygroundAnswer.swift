/// What came of trying the assistant.
package struct PlaygroundAnswer: Sendable {
    /// Nil when the customer would have been given to people.
    package var text: String?
    package var calls: [PlaygroundCall] = []
    package var handover: (reason: AssistantHandover.Reason, summary: String)?
    /// Of all rounds.
    package private(set) var usage = TokenUsage(prompt: 0, completion: 0)
    /// In millionths of the currency.
    package var cost: Int64 = 0
    package var currency: Currency?
    /// Of the shop's instructions; nil for others.
    package let version: Int64?

    package init(version: Int64?) {
        self.version = version
    }

    package mutating func add(_ other: TokenUsage) {
        usage = TokenUsage(
            prompt: usage.prompt + other.prompt, completion: usage.completion + other.completion,
            isEstimated: usage.isEstimated || other.isEstimated)
    }

    package var document: JSONValue {
        [
            "text": .optional(text),
            "tool_calls": .array(calls.map(\.document)),
            "handover": handover.map { ["reason": .string($0.reason.rawValue), "summary": .string($0.summary)] }
                ?? .null,
            "usage": [
                "prompt_tokens": .integer(usage.prompt), "completion_tokens": .integer(usage.completion),
                "estimated": .bool(usage.isEstimated),
            ],
            "cost_micros": .integer(cost),
            "currency": .optional(currency?.code),
            "version": .optional(version),
        ]
    }
}
