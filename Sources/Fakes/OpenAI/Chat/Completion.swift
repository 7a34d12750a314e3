/// What the model answers to one request.
struct Completion: Sendable, Equatable {
    var text: String?
    var refusal: String?
    var calls: [ToolCall] = []
    /// As it ends by itself; nil for `tool_calls` after calls and `stop` otherwise.
    var reason: String?

    var finishReason: String { reason ?? (calls.isEmpty ? "stop" : "tool_calls") }

    /// What it costs.
    var tokens: Int {
        Tokens.count(text ?? "") + Tokens.count(refusal ?? "")
            + calls.reduce(0) { $0 + Tokens.count($1.name) + Tokens.count($1.arguments) }
    }

    /// Cut off after as many tokens; a call that is cut keeps half of its arguments.
    func cut(to most: Int?) -> Completion {
        guard let most, tokens > most else { return self }
        var rest = most
        func shorten(_ text: String) -> String {
            let pieces = Tokens.pieces(text).prefix(rest)
            rest -= pieces.count
            return pieces.joined()
        }
        var short = self
        short.text = text.map(shorten)
        short.refusal = refusal.map(shorten)
        short.calls = []
        for var call in calls where rest > 0 {
            rest -= Tokens.count(call.name)
            call.arguments = shorten(call.arguments)
            short.calls.append(call)
        }
        short.reason = "length"
        return short
    }

    var message: JSON {
        .members([
            "role": "assistant",
            "content": text.map(JSON.string) ?? .null,
            "refusal": refusal.map(JSON.string) ?? .null,
            "tool_calls": calls.isEmpty ? nil : .array(calls.map(\.json)),
        ])
    }

    func usage(prompt: Int) -> JSON {
        [
            "prompt_tokens": .integer(Int64(prompt)), "completion_tokens": .integer(Int64(tokens)),
            "total_tokens": .integer(Int64(prompt + tokens)),
            "prompt_tokens_details": ["cached_tokens": 0], "completion_tokens_details": ["reasoning_tokens": 0],
        ]
    }

    /// The answer in one piece; `created` is seconds since 1970.
    func json(id: String, created: Int64, request: ChatRequest) -> JSON {
        let choice: JSON = [
            "index": 0, "message": message, "logprobs": .null, "finish_reason": .string(finishReason),
        ]
        return [
            "id": .string(id), "object": "chat.completion", "created": .integer(created),
            "model": .string(request.model), "choices": [choice], "usage": usage(prompt: request.promptTokens),
            "service_tier": "default", "system_fingerprint": "fp_fake",
        ]
    }
}
