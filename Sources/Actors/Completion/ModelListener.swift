import Domain
import Synchronization

/// Asks a model for one answer at a time, and calls when there is something to hear.
///
/// Who reads the answer only puts it down here. Of an answer that was stopped nothing is heard any more.
final class ModelListener: Sendable {
    private struct State {
        var gatherer = AnswerGatherer()
        /// Tells the answer that is wanted from those that are not.
        var request = 0
        var asking: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let pace: AnswerPace
    private let call: @Sendable () -> Void

    /// - Parameter call: Called on any thread, when `take` has something to tell.
    init(_ pace: AnswerPace, call: @escaping @Sendable () -> Void) {
        self.pace = pace
        self.call = call
    }

    /// Asks, and hears of no earlier request any more.
    func ask(_ model: any LanguageModel, _ question: CompletionRequest) {
        let request = stop()
        let asking = Task { [self] in
            pace.begin()
            defer { pace.end() }
            do {
                let whole = try await model.answer(question) { piece in
                    self.note(request) { $0.add(piece) }
                }
                note(request) { $0.end(.success(whole)) }
            } catch let failure as CompletionFailure {
                note(request) { $0.end(.failure(failure)) }
            } catch {
                // Nobody wants the answer any more.
            }
        }
        state.withLock { state in
            if state.request == request { state.asking = asking } else { asking.cancel() }
        }
    }

    /// Ends the request that is under way. Returns the number of the next one.
    @discardableResult
    func stop() -> Int {
        state.withLock { state in
            state.asking?.cancel()
            state.asking = nil
            state.gatherer = AnswerGatherer()
            state.request += 1
            return state.request
        }
    }

    /// What came since the last call; nil for nothing.
    func take() -> AnswerGatherer.News? {
        let (news, rests, request) = state.withLock { state in
            (state.gatherer.take(), state.gatherer.isResting, state.request)
        }
        if rests {
            Task { [self] in
                try? await Task.sleep(for: pace.pause)
                note(request) { $0.rested() }
            }
        }
        return news
    }

    private func note(_ request: Int, _ change: (inout AnswerGatherer) -> Bool) {
        let isCalled = state.withLock { $0.request == request && change(&$0.gatherer) }
        if isCalled { call() }
    }
}
