import Domain
import Synchronization

/// The language model within the shop's budgets: each request is let in first, and what it took is written down.
///
/// A budget that is used up is a `CompletionFailure` like others, `overBudget`. A stream that is cut, or that nobody
/// listens to any more, is written down by estimate.
final class MeteredModel: LanguageModel {
    private let model: any LanguageModel
    private let use: ModelUse
    private let ledger: UsageLedger
    /// Of the model, also when the shop has another one meanwhile.
    private let name: String
    /// Whether the answer to a customer has begun: later requests are rounds of the same one.
    private let hasBegun = Atomic(false)

    init(_ model: any LanguageModel, _ use: ModelUse, _ ledger: UsageLedger) {
        self.model = model
        self.use = use
        self.ledger = ledger
        name = ledger.model.now
    }

    func answer(
        _ asked: CompletionRequest,
        show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let prompt = asked.estimatedTokens
        let request = try await admit(asked, prompt: prompt)
        let meter = Mutex(AnswerMeter(prompt: prompt))
        do {
            guard !Task.isCancelled else { throw CompletionFailure(.unreachable, "nobody wants the answer any more") }
            let whole = try await model.answer(asked) { piece in
                meter.withLock { $0.hear(piece) }
                show(piece)
            }
            ledger.settle(ModelUsage(request, took: meter.withLock { $0.usage(of: whole) }))
            return whole
        } catch let failure as CompletionFailure {
            ledger.settle(ModelUsage(request, took: meter.withLock { $0.usage(after: failure) }))
            throw failure
        } catch {
            ledger.settle(ModelUsage(request, took: meter.withLock { $0.usage }))
            throw error
        }
    }

    /// Throws `overBudget`. Waits while the store is away: whoever asks has a time limit.
    private func admit(_ asked: CompletionRequest, prompt: Int64) async throws -> ModelRequest {
        let request = ledger.request(
            for: use, estimate: TokenUsage(prompt: prompt, completion: asked.maxTokens, isEstimated: true),
            version: asked.version,
            beginsAnswer: use.purpose == .answer && !hasBegun.load(ordering: .relaxed),
            model: name)
        while true {
            do {
                if let stop = try await ledger.open(request).stop {
                    throw CompletionFailure(.overBudget(stop))
                }
                hasBegun.store(true, ordering: .relaxed)
                return request
            } catch let error as HubError where error.code == .unavailable || error.code == .busy {
                try await Task.sleep(for: error.retryAfter ?? ledger.retry)
            }
        }
    }
}
