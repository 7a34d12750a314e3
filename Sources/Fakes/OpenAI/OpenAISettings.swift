/// How the server behaves; tests change it while it runs.
struct OpenAISettings: Sendable, Equatable {
    /// What the hub sends as Bearer.
    var key: String
    /// Names of the models that chat.
    var models = ["fake-chat"]
    var embeddingModel = "fake-embedding"
    /// The most dimensions of a vector, and what comes when nobody asks for fewer.
    var dimensions = 1536
    /// What a prompt may hold, in tokens of the fake.
    var contextTokens = 128_000
    var requestsPerMinute = 10_000.0
    var tokensPerMinute = 10_000_000.0
    /// Optional fields that some compatible servers do not know: `stream_options`, `parallel_tool_calls`, `strict`,
    /// `developer`, `max_completion_tokens` and the like. They are answered with 400 and their name.
    var rejectedFields: Set<String> = []
    /// How answers are sent unless a rule or a fault says otherwise.
    var delivery = Delivery()
    /// Requests that the log holds; older ones are dropped.
    var maxLogEntries = 2000
}
