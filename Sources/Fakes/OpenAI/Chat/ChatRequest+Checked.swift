extension ChatRequest {
    /// Fields that the API knows; another one is refused.
    private static let known: Set<String> = [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "temperature", "top_p", "n", "stop", "seed",
        "max_tokens", "max_completion_tokens", "stream", "stream_options", "response_format", "store", "metadata",
        "service_tier", "user", "safety_identifier", "prompt_cache_key", "presence_penalty", "frequency_penalty",
        "logit_bias", "logprobs", "top_logprobs", "reasoning_effort", "verbosity", "modalities", "prediction",
    ]

    /// Checks a body as the server does.
    init(checked body: JSON, settings: OpenAISettings) throws(OpenAIError) {
        guard let members = body.object else { throw .noJSON }
        for name in members.keys.sorted() {
            guard Self.known.contains(name) else {
                throw OpenAIError(message: "Unknown parameter: '\(name)'.", param: name, code: "unknown_parameter")
            }
            if settings.rejectedFields.contains(name) { throw .unsupported(name) }
        }
        guard let model = body["model"]?.string else { throw .missing("model") }
        guard settings.models.contains(model) else { throw .unknownModel(model) }
        self.model = model
        guard let messages = body["messages"]?.array else { throw .missing("messages") }
        try ChatMessageRules.check(messages, rejectedFields: settings.rejectedFields)
        self.messages = messages
        tools = try ChatToolRules.tools(body, rejectedFields: settings.rejectedFields)
        choice = try ChatToolRules.choice(body, tools: tools)
        isStreamed = body["stream"]?.bool ?? false
        if let options = body["stream_options"], options != .null, !isStreamed {
            throw .value("stream_options", "it is only allowed when 'stream' is enabled, not with \(options.text)")
        }
        includesUsage = body["stream_options"]?["include_usage"]?.bool ?? false
        allowsParallelCalls = body["parallel_tool_calls"]?.bool ?? true
        maxTokens = try Self.maxTokens(body)
        try Self.checkNumbers(body)
        guard promptTokens <= settings.contextTokens else {
            throw .tooLong(promptTokens, most: settings.contextTokens)
        }
    }

    private static func maxTokens(_ body: JSON) throws(OpenAIError) -> Int? {
        var found: Int?
        for name in ["max_tokens", "max_completion_tokens"] {
            guard let value = body[name], value != .null else { continue }
            guard let number = value.integer, number > 0 else {
                throw .value(name, "expected an integer above 0", code: "integer_below_min_value")
            }
            guard found == nil else {
                throw .value(name, "'max_tokens' and 'max_completion_tokens' do not go together")
            }
            found = Int(number)
        }
        return found
    }

    private static func checkNumbers(_ body: JSON) throws(OpenAIError) {
        let ranges = [
            ("temperature", 0.0...2.0), ("top_p", 0...1), ("presence_penalty", -2...2), ("frequency_penalty", -2...2),
            // More choices than one are the fake's own limit.
            ("n", 1...1),
        ]
        for (name, range) in ranges {
            guard let value = body[name], value != .null else { continue }
            guard let number = value.double, range.contains(number) else {
                throw .value(name, "expected a number from \(range.lowerBound) to \(range.upperBound)")
            }
        }
        if let stops = body["stop"]?.array, stops.count > 4 {
            throw .value("stop", "expected at most 4", code: "array_above_max_length")
        }
    }
}
