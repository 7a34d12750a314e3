/// A model that answers in text, piece by piece, and may ask for tools.
package protocol LanguageModel: Sendable {
    /// Asks, and hands the answer over as it comes; the last part is the whole of it.
    ///
    /// Asks again by itself while nothing of an answer was handed over. Who stops listening ends the request.
    /// Throws `CompletionFailure`.
    func answer(_ request: CompletionRequest) -> AsyncThrowingStream<CompletionPart, any Error>
}

package enum CompletionPart: Sendable, Equatable {
    case text(String)
    case whole(Completion)
}
