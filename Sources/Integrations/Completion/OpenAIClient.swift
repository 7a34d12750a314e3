package import Domain
package import Logging
import Synchronization

/// Asks OpenAI, or a server that speaks its API, for answers in a stream.
///
/// The address is the operator's own setting; redirects are not followed, so that the key never reaches another host.
/// Source: OpenAI API reference, "Create chat completion"; the guide "Error codes".
package final class OpenAIClient: LanguageModel {
    package typealias Account = OpenAIAccount

    /// As its server calls it.
    package var model: String { account.model }

    private let account: Account
    private let limits: CompletionLimits
    private let connection: OpenAIConnection
    private let now: @Sendable () -> Timestamp
    private let dialect = Mutex(CompletionDialect())

    /// - Parameter chance: From 0 to 1; spreads retries.
    package init(
        _ account: Account,
        limits: CompletionLimits = CompletionLimits(),
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.account = account
        self.limits = limits
        self.now = now
        connection = OpenAIConnection(account, limits, logger: logger, now: now, chance: chance)
    }

    /// Ends its connections at once; else they end when nobody holds the client any more.
    package func close() async {
        await connection.close()
    }

    package func answer(
        _ request: CompletionRequest,
        show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let shown = Atomic(false)
        return try await connection.repeating {
            shown.load(ordering: .relaxed)
        } learn: { failure in
            self.dialect.withLock { $0.learn(from: failure) }
        } attempt: {
            try await self.watched(request) { text in
                shown.store(true, ordering: .relaxed)
                show(text)
            }
        }
    }

    /// One request, ended when it stands still.
    private func watched(
        _ request: CompletionRequest,
        _ show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let watch = StreamWatch(first: limits.firstPiece, between: limits.nextPiece, whole: limits.whole)
        let stream = CompletionStream(
            maxEventBytes: limits.maxEventBytes, now: now, progressed: watch.progressed, show: show)
        let body = request.json(model: account.model, dialect.withLock { $0 })
        return try await withThrowingTaskGroup(of: Completion.self) { group in
            group.addTask { try await self.connection.stream("/chat/completions", body, to: stream) }
            group.addTask {
                try await watch.wait()
                throw CompletionFailure(.truncated, "the answer stood still or took too long")
            }
            defer { group.cancelAll() }
            // There are two, so the first one is there.
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

extension OpenAIClient: MetricSource {
    package func families() async -> [MetricFamily] {
        let counts = connection.counts
        return [
            .counter(
                "hub_model_requests_total", "Requests to the language model, by how they ended.", counts.endings),
            .gauge("hub_model_under_way", "Answers that are being written.", Double(counts.underWay)),
            .gauge(
                "hub_model_resting", "1 while the language model is left alone after failures.",
                counts.isResting ? 1 : 0),
        ]
    }
}
