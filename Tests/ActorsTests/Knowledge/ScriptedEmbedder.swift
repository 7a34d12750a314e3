import Domain
import Synchronization

/// A model whose vectors say which of some words a text holds, and which fails when it is told to.
final class ScriptedEmbedder: EmbeddingModel {
    private struct State {
        var failure: CompletionFailure?
        var isSilent = false
        var refused: String?
        var asked: [[String]] = []
    }

    let name: String
    private let words: [String]
    private let state = Mutex(State())

    /// - Parameter words: Those of one entry mean the same; separated by spaces.
    init(_ name: String = "m1", meanings words: [String]) {
        self.name = name
        self.words = words
    }

    var asked: [[String]] { state.withLock { $0.asked } }

    func fail(_ failure: CompletionFailure?) { state.withLock { $0.failure = failure } }

    /// It never answers from now on.
    func fallSilent() { state.withLock { $0.isSilent = true } }

    /// Requests with a text that holds this are refused.
    func refuse(_ text: String) { state.withLock { $0.refused = text } }

    func vectors(of texts: [String]) async throws -> [EmbeddingVector] {
        let (failure, isSilent) = state.withLock { state -> (CompletionFailure?, Bool) in
            state.asked.append(texts)
            let isRefused = state.refused.map { refused in texts.contains { $0.contains(refused) } } ?? false
            return (isRefused ? CompletionFailure(.badRequest(parameter: "input")) : state.failure, state.isSilent)
        }
        if isSilent { try await Task.sleep(for: .seconds(3600)) }
        if let failure { throw failure }
        return texts.compactMap { text in
            EmbeddingVector(
                [0.01]
                    + words.map { meaning in
                        meaning.split(separator: " ").contains { text.contains($0) } ? 1 : 0
                    })
        }
    }
}

/// A clock that a test moves.
final class ManualClock: Sendable {
    private let moment = Mutex(Timestamp.present)

    var now: Timestamp { moment.withLock { $0 } }

    func advance(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
