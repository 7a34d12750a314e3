package import Domain

/// A language model that is never told a code of the shop, wherever one would stand: in what a customer or a colleague
/// typed, in the text of a product, in an answer of a tool.
///
/// A message that hands codes over is hidden before (`textForModel`). A code with spaces in it is found there alone.
package struct CodeBlindModel: LanguageModel {
    private let model: any LanguageModel
    private let codes: any CodeStore
    private let vault: any SecretVault

    package init(_ model: any LanguageModel, codes: any CodeStore, vault: any SecretVault) {
        self.model = model
        self.codes = codes
        self.vault = vault
    }

    package func answer(
        _ asked: CompletionRequest,
        show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let request: CompletionRequest
        do {
            request = try await hidden(asked)
        } catch let error as HubError {
            // What cannot be looked through is not told.
            throw CompletionFailure(.unreachable, error.message)
        }
        return try await model.answer(request, show: show)
    }

    /// The request without codes. Throws what the store throws.
    private func hidden(_ request: CompletionRequest) async throws -> CompletionRequest {
        let words = request.messages.flatMap(\.texts).reduce(into: Set<String>()) { $0.formUnion(CodeWords.of($1)) }
        guard !words.isEmpty else { return request }
        let byFingerprint = Dictionary(words.map { (vault.fingerprint(of: $0, for: .code), $0) }) { first, _ in first }
        // The longest first: one code may be a part of another.
        let found = try await codes.known(byFingerprint.keys.sorted()).compactMap { byFingerprint[$0] }
            .sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
        guard !found.isEmpty else { return request }
        var hidden = request
        hidden.messages = request.messages.map { message in
            message.mapTexts { text in found.reduce(text) { $0.replacing($1, with: CodeWords.placeholder) } }
        }
        return hidden
    }
}
