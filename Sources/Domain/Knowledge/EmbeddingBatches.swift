/// Decides how many texts go into one request for vectors.
///
/// Servers take at most 2,048 texts and 300,000 tokens a request, and 8,192 tokens each. Source: OpenAI API reference,
/// "Create embeddings". Ours are smaller, because tokens are only estimated and an answer must fit into memory.
package struct EmbeddingBatches: Sendable, Equatable {
    package var maxTexts = 64
    package var maxTokens: Int64 = 100_000

    package init() {}

    /// The texts in their order; a text that is too long by itself goes alone.
    package func split(_ texts: [String]) -> [[String]] {
        var batches: [[String]] = []
        var tokens: Int64 = 0
        for text in texts {
            let more = TokenUsage.estimate(text)
            if let last = batches.indices.last, batches[last].count < maxTexts, tokens + more <= maxTokens {
                batches[last].append(text)
                tokens += more
            } else {
                batches.append([text])
                tokens = more
            }
        }
        return batches
    }
}
