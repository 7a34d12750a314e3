import Domain

/// One person's conversation while something is written to it: items go into the room one after another.
actor WhatsAppConversation {
    /// How an item ended; a failure is one that may pass by itself.
    typealias Ending = Result<WhatsAppScribe.Outcome, any Error>

    private let scribe: WhatsAppScribe
    /// The end of what was taken on so far.
    private var last: Task<Void, Never>?

    init(scribe: WhatsAppScribe) {
        self.scribe = scribe
    }

    /// Writes items in the order in which WhatsApp says they happened; answers in the order of `items`.
    ///
    /// After a failure nothing more of the batch is written, so that nothing overtakes it.
    func take(_ items: [WhatsAppItem]) async -> [Ending] {
        let before = last
        let scribe = scribe
        let work = Task {
            await before?.value
            return await Self.write(items, scribe)
        }
        last = Task { _ = await work.value }
        return await work.value
    }

    private static func write(_ items: [WhatsAppItem], _ scribe: WhatsAppScribe) async -> [Ending] {
        var endings: [Ending?] = Array(repeating: nil, count: items.count)
        var failure: (any Error)?
        for index in order(of: items) {
            if let failure {
                endings[index] = .failure(failure)
                continue
            }
            do {
                endings[index] = .success(try await scribe.write(items[index]))
            } catch {
                failure = error
                endings[index] = .failure(error)
            }
        }
        return endings.compactMap(\.self)
    }

    /// By WhatsApp's time, which has whole seconds; within one as they were delivered.
    static func order(of items: [WhatsAppItem]) -> [Int] {
        items.indices.sorted { left, right in
            let (first, second) = (items[left].happenedAt, items[right].happenedAt)
            guard let first, let second, first != second else { return left < right }
            return first < second
        }
    }
}
