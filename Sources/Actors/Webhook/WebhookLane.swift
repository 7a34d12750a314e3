import Domain

/// How an item ended; a failure is one that may pass by itself.
typealias WebhookEnding = Result<WebhookOutcome, any Error>

/// One lane while something of it is written: items go one after another.
actor WebhookLane<Scribe: WebhookScribe> {
    private let scribe: Scribe
    /// The end of what was taken on so far.
    private var last: Task<Void, Never>?

    init(scribe: Scribe) {
        self.scribe = scribe
    }

    /// Writes items in the order in which the provider says they happened; answers in the order of `items`.
    ///
    /// After a failure nothing more of the batch is written, so that nothing overtakes it.
    func take(_ items: [Scribe.Item]) async -> [WebhookEnding] {
        let before = last
        let scribe = scribe
        let work = Task {
            await before?.value
            return await Self.write(items, scribe)
        }
        last = Task { _ = await work.value }
        return await work.value
    }

    private static func write(_ items: [Scribe.Item], _ scribe: Scribe) async -> [WebhookEnding] {
        var endings: [WebhookEnding?] = Array(repeating: nil, count: items.count)
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

    /// By the provider's time, which has whole seconds; within one as they were delivered.
    static func order(of items: [Scribe.Item]) -> [Int] {
        items.indices.sorted { left, right in
            let (first, second) = (items[left].happenedAt, items[right].happenedAt)
            guard let first, let second, first != second else { return left < right }
            return first < second
        }
    }
}
