/// What a request to the language model took.
package struct ModelUsage: Sendable, Equatable {
    package let request: ModelRequest
    package let tokens: TokenUsage

    package init(_ request: ModelRequest, took tokens: TokenUsage) {
        self.request = request
        self.tokens = tokens
    }
}
