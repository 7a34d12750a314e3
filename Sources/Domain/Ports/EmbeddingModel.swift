/// Tells what texts mean, so that they can be found by it.
package protocol EmbeddingModel: Sendable {
    /// Vectors of different models cannot be compared.
    var name: String { get }

    /// One for each text, in their order. No text may be empty. Throws `CompletionFailure`.
    func vectors(of texts: [String]) async throws -> [EmbeddingVector]
}
