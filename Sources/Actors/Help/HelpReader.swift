import Domain

/// Reads from the log what one request for help is about.
struct HelpReader: Sendable {
    /// Messages of each room that are looked at; the limit of tokens cuts further.
    private static let maxMessages = 200

    let log: any RoomStore

    func read(for request: HelpRequest, side: RoomID?, maxTokens: Int64) async throws -> HelpMaterial {
        switch request.wish {
        case .reply:
            // Notes stay out: what only colleagues may read must not be in a message to the customer.
            return HelpMaterial(try await messages(of: request.room), notes: [], maxTokens: maxTokens)
        case .summary:
            var notes: [FoldedHistory.Message] = []
            if let side { notes = try await messages(of: side) }
            return HelpMaterial(try await messages(of: request.room), notes: notes, maxTokens: maxTokens)
        case .translation(.text(let text)):
            return HelpMaterial(text: text)
        case .translation(.message(let target)):
            let page = HistoryPage(position: .before(SequenceNumber(target.value &+ 1)), limit: 1)
            let found = FoldedHistory(try await log.history(of: request.room, page)).messages.last
            return try HelpMaterial(translating: found, at: target)
        }
    }

    private func messages(of room: RoomID) async throws -> [FoldedHistory.Message] {
        let page = HistoryPage(position: .newest, limit: Self.maxMessages)
        return FoldedHistory(try await log.history(of: room, page)).messages
    }
}
