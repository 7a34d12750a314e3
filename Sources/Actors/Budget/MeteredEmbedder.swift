package import Domain

/// Tells what texts mean, and writes down what that took. By estimate: servers tell it for a whole request alone.
package struct MeteredEmbedder: EmbeddingModel {
    private let model: any EmbeddingModel
    private let ledger: UsageLedger

    package init(_ model: any EmbeddingModel, _ ledger: UsageLedger) {
        self.model = model
        self.ledger = ledger
    }

    package var name: String { model.name }

    package func vectors(of texts: [String]) async throws -> [EmbeddingVector] {
        let vectors = try await model.vectors(of: texts)
        let tokens = texts.reduce(0) { $0 + TokenUsage.estimate($1) }
        ledger.record(
            TokenUsage(prompt: tokens, completion: 0, isEstimated: true), for: ModelUse(.embedding), model: name)
        return vectors
    }
}
