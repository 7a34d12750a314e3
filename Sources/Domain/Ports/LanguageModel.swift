/// A model that answers in text, piece by piece, and may ask for tools.
package protocol LanguageModel: Sendable {
    /// Asks, and returns the whole answer; `show` gets the pieces of its text as they come, in their order.
    ///
    /// Asks again by itself while nothing was shown. Who cancels the task ends the request. `show` is called where
    /// others are waited for as well: it neither waits nor does much.
    /// Throws `CompletionFailure`, and cancellation.
    func answer(
        _ request: CompletionRequest,
        show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion
}
