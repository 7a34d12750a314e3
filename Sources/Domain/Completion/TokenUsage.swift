/// What one request to a language model cost, in tokens.
package struct TokenUsage: Sendable, Equatable {
    package let prompt: Int64
    package let completion: Int64
    /// Reckoned by us, because the stream ended before the server said it.
    package let isEstimated: Bool

    package init(prompt: Int64, completion: Int64, isEstimated: Bool = false) {
        self.prompt = prompt
        self.completion = completion
        self.isEstimated = isEstimated
    }

    package var total: Int64 { prompt + completion }

    init?(json: JSONValue?) {
        guard let prompt = json?["prompt_tokens"]?.integer, prompt >= 0 else { return nil }
        self.init(prompt: prompt, completion: max(0, json?["completion_tokens"]?.integer ?? 0))
    }

    /// About as many as a text has: Arabic takes a token for two or three letters, English one for four.
    package static func estimate(_ text: String) -> Int64 {
        var tenths: Int64 = 0
        for scalar in text.unicodeScalars { tenths += scalar.isASCII ? 3 : 5 }
        return (tenths + 9) / 10
    }
}
