import Domain
import Logging

/// Reads a conversation for the model: sums up what does not fit, once, and keeps that.
struct AssistantReader: Sendable {
    private static let pageMessages = 200
    private static let maxPages = 5
    /// A conversation that was never read may need several recaps, each telling of more.
    private static let maxRecaps = 4

    let room: RoomID
    let environment: AssistantEnvironment
    /// Metered as summaries.
    let model: any LanguageModel

    /// Throws what the store throws. What cannot be summed up is cut.
    func read(maxTokens: Int64) async throws -> AssistantTurn.Reading {
        var recap = try await environment.recaps.recap(of: room)
        let readAt = environment.now()
        let history = try await history(after: recap?.upTo ?? .zero)
        for _ in 0..<Self.maxRecaps {
            let plan = RecapPlan(history, recap, maxTokens: maxTokens)
            guard let older = plan.older else { break }
            guard let text = await sumUp(RecapPlan.request(older, after: recap)) else { break }
            let longer = Recap(text, upTo: plan.olderUpTo)
            try await environment.recaps.keep(longer, of: room, readAt: readAt)
            recap = longer
        }
        return AssistantTurn.Reading(history, recap, maxTokens: maxTokens)
    }

    /// Messages that the recap does not tell of, and at least the newest.
    private func history(after seq: SequenceNumber) async throws -> [FoldedHistory.Message] {
        var messages: [FoldedHistory.Message] = []
        var position = HistoryPage.Position.newest
        for _ in 0..<Self.maxPages {
            let page = FoldedHistory(
                try await environment.log.history(
                    of: room, HistoryPage(position: position, limit: Self.pageMessages)))
            messages = page.messages + messages
            guard page.hasMore, let oldest = page.messages.first?.event.seq, oldest > seq else { break }
            position = .before(oldest)
        }
        return messages
    }

    /// Nil when the model does not do it, or not in time.
    private func sumUp(_ request: CompletionRequest) async -> String? {
        let (model, limit) = (model, environment.limits.recapTime)
        return await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    let whole = try await model.answer(request) { _ in }
                    guard whole.finish != .contentFilter, whole.refusal == nil else { return nil }
                    return whole.text.isEmpty ? nil : whole.text
                } catch {
                    environment.logger.info("a conversation was not summed up", metadata: ["room.id": "\(room)"])
                    return nil
                }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
